import JSON5 from "json5";
import type { ParseProblem } from "../../../probes/config-file/index.ts";
import { at, number } from "./loose.ts";

/** Largest settings file that is read, bytes. Real ones have a few dozen kilobytes, and JSON5 takes a second for some megabytes. */
export const largestConfigBytes = 524_288;
/** Real settings nest about ten deep. A text that nests without end would keep whoever walks through it busy. */
const deepest = 100;

export type Json5Reading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: ParseProblem };

/** Reads JSON5. Most files are plain JSON, which takes a fraction of the time and memory, so that is tried first. */
export function readJson5(text: string): Json5Reading {
  const line = lineTooDeep(text);
  if (line !== undefined) return { ok: false, problem: { line, message: "it is nested far too deeply" } };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    // Not plain JSON; the other parser also knows where the trouble is.
  }
  try {
    return { ok: true, value: JSON5.parse<unknown>(text) };
  } catch (error) {
    return { ok: false, problem: syntaxProblem(error) };
  }
}

/** Line on which the text becomes too deep, counting from 1. Texts and remarks are passed over, whatever brackets they hold. */
function lineTooDeep(text: string): number | undefined {
  let depth = 0;
  let quote = "";
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? "";
    if (quote !== "") {
      if (char === "\\") index += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "/" && (text[index + 1] === "/" || text[index + 1] === "*")) index = endOfRemark(text, index);
    else if (char === "}" || char === "]") depth -= 1;
    else if (char === "{" || char === "[") {
      depth += 1;
      if (depth > deepest) return text.slice(0, index).split("\n").length;
    }
  }
  return undefined;
}

/** Index of the last character of the remark that starts at `start`. */
function endOfRemark(text: string, start: number): number {
  const end = text[start + 1] === "/" ? text.indexOf("\n", start) : text.indexOf("*/", start + 2);
  return end === -1 ? text.length : text[start + 1] === "/" ? end : end + 1;
}

function syntaxProblem(error: unknown): ParseProblem {
  const line = number(at(error, "lineNumber"));
  const column = number(at(error, "columnNumber"));
  // The parser's own message may quote the file; ours says only where it ends to make sense.
  const message = /end of input/.test(error instanceof Error ? error.message : "")
    ? "the text ends in the middle"
    : "this is not valid JSON5";
  return { message, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}
