import { isRecord, type Loose, parseJson } from "../knowledge/loose.ts";
import { flattenLogObject, isLogObject, readLogLine } from "./log-line.ts";

/** One line of a pasted text: as it stands there, and as wording rules read it (without frames of tables, log lines flattened). */
export type PastedLine = { readonly shown: string; readonly text: string };

/** A pasted text taken apart: JSON documents, and the lines that belong to none. */
export type PastedText = {
  readonly lines: readonly PastedLine[];
  readonly documents: readonly unknown[];
  /** The text speaks of OpenClaw or of one of its older names, so that common words may be read as its words. */
  readonly ours: boolean;
};

const OURS =
  /\b(?:openclaw|clawdbot|moltbot|clawhub)\b|OPENCLAW_|\bai\.openclaw\.|\[(?:gateway|gateway\/[\w-]+|health-monitor|heartbeat|agent\/embedded|model-fallback\/decision|agents\/[\w-]+|shutdown|admission|session-sqlite|gmail-watcher|diagnostic)\]|\bagent\/embedded\b|embedded_run_agent_end|connect\.challenge|\boperator\.(?:read|write|admin|pairing|approvals)\b|ws:\/\/127\.0\.0\.1:18789|\\"(?:subsystem|module)\\":/i;
const FRAME = /^[\s│┃|┌└├╭╰◇◆●○■▲]+|[\s│┃╮╯┐┘┤]+$/gu;
const MAX_LINES = 20_000;
const MAX_LINE = 4_000;
const MAX_DOCUMENTS = 400;

function pastedLine(shown: string): PastedLine {
  const flat = readLogLine(shown).text;
  return {
    shown: shown.trim(),
    text: flat
      .replace(FRAME, "")
      .replace(/[─━╮╯]{3,}.*$/u, "")
      .trim(),
  };
}

/** End (exclusive) of the JSON value that starts at `start`, by counting brackets outside strings; -1 when it does not end. */
function endOfJson(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if (quoted) {
      if (char === "\\") index += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

/** Takes JSON values out of the text, wherever a line begins with one. What is left are the lines. */
function split(text: string): { documents: unknown[]; rest: string[] } {
  const documents: unknown[] = [];
  const rest: string[] = [];
  const opening = /^[ \t]*(?=[{[])/gm;
  let from = 0;
  // Brackets that never close would make every later line scan to the end again; a few of those are enough.
  let unclosed = 0;
  while (documents.length < MAX_DOCUMENTS && unclosed < 8) {
    opening.lastIndex = from;
    const found = opening.exec(text);
    if (found === null) break;
    const start = found.index + found[0].length;
    const lineEnd = text.indexOf("\n", start);
    // Console log lines begin with [subsystem]; they are no arrays.
    const end = /^\[[A-Za-z]/.test(text.slice(start, start + 2)) ? -2 : endOfJson(text, start);
    const value = end > 0 ? parseJson(text.slice(start, end)) : undefined;
    rest.push(text.slice(from, found.index));
    if (value !== undefined && typeof value === "object" && value !== null) {
      documents.push(value);
      from = end;
    } else {
      if (end === -1) unclosed += 1;
      const next = lineEnd < 0 ? text.length : lineEnd + 1;
      rest.push(text.slice(found.index, next));
      from = next;
    }
  }
  rest.push(text.slice(from));
  return { documents, rest };
}

/** Arrays within arrays beyond this depth are nobody's answer. */
const MAX_DEPTH = 6;

/** JSON that is a log line, or a transcript of frames, is opened up into its parts. */
function unpack(value: unknown, depth = 0): readonly unknown[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.slice(0, MAX_DOCUMENTS).flatMap((item: unknown) => unpack(item, depth + 1));
  if (!isRecord(value)) return [];
  const frames = value["frames"];
  if (Array.isArray(frames)) return [...unpack(frames, depth + 1), { ...value, frames: [] }];
  // Frames of a client are its requests: what it sends is not what happened.
  if (isRecord(value["frame"])) return /^client/.test(String(value["dir"] ?? "")) ? [] : [value["frame"]];
  return [value];
}

function logText(value: Loose): PastedLine {
  const flat = flattenLogObject(value).text;
  return { shown: flat, text: flat };
}

/** Takes a pasted text apart. Linear in its length, and bounded. */
export function readPasted(text: string): PastedText {
  const { documents, rest } = split(text);
  const lines = rest
    .flatMap((part) => part.split(/\r\n|\n|\r/))
    .filter((line) => line.trim() !== "")
    .slice(0, MAX_LINES)
    .map((line) => pastedLine(line.slice(0, MAX_LINE)))
    .filter((line) => line.text !== "");
  const parts = documents.flatMap((document) => unpack(document));
  const logs = parts.filter(isRecord).filter(isLogObject).map(logText);
  return {
    lines: [...lines, ...logs],
    documents: parts.filter((part) => !(isRecord(part) && isLogObject(part))),
    ours: OURS.test(text),
  };
}
