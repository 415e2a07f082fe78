import { commandWords, restartVerbs } from "./restart-verbs.ts";
import type { TargetNames } from "./target-names.ts";

const mostLines = 4000;

/** Lines of a script that do something: without comments, without what is only printed, and with continued lines joined. */
export function codeLines(text: string): readonly string[] {
  return text
    .replaceAll(/\\\r?\n/g, " ")
    .split("\n", mostLines)
    .map((line) => line.replace(/(^|\s)(?:#|\/\/).*$/, "$1").trim())
    .filter((line) => line !== "" && !onlyPrints(line));
}

/** A line that prints what a person could type does nothing, unless the text goes on to another program. */
function onlyPrints(line: string): boolean {
  return (
    /^(?:echo|printf|log\w*|print|console\.\w+|logger)\b/.test(line) &&
    !/[|;&]|\$\(/.test(line.replace(/;$/, "").replaceAll(/"[^"$]*"|'[^']*'/g, ""))
  );
}

/**
 * The line in which a script or command restarts the target; null when it merely mentions it. A line with a verb counts when it
 * names the target, or something that was set from its name before. A verb that names something else does not.
 */
export function findRestart(text: string, names: TargetNames): string | null {
  const lines = codeLines(text);
  if (!lines.some(names.any)) return null;
  const carriers = carriersOf(lines, names);
  let implied: string | null = null;
  for (const line of lines) {
    const found = restartVerbs(line);
    if (found.length === 0) continue;
    const direct = found.some(({ acts }) => (acts === "unit" ? names.unit(line) : names.any(line)));
    if (direct) return line;
    if (implied === null && (carriers.some((carrier) => carrier.test(line)) || takesFromCaller(line))) implied = line;
  }
  return implied;
}

/** The first argument of a script, or what comes through a pipe, may be the target wherever the script names it. */
const takesFromCaller = (line: string): boolean =>
  /\$[1-9@*]|\$\{[1-9@*]/.test(line) || /^xargs\b|\|\s*xargs\b/.test(commandWords(line).trim());

/** Names of variables that hold the target's name or something found by it, as patterns of their use. */
function carriersOf(lines: readonly string[], names: TargetNames): readonly RegExp[] {
  const carriers = new Map<string, RegExp>();
  for (let round = 0; round < 3; round++) {
    const before = carriers.size;
    for (const line of lines) {
      const name = assigned(line);
      if (name === undefined || carriers.has(name)) continue;
      if (names.any(line) || [...carriers.values()].some((carrier) => carrier.test(line))) carriers.set(name, useOf(name));
    }
    if (carriers.size === before || carriers.size > 100) break;
  }
  return [...carriers.values()];
}

const assigned = (line: string): string | undefined =>
  /^(?:export\s+|local\s+|readonly\s+|const\s+|let\s+|var\s+|(?:typeset|declare)\s+(?:-\S+\s+)?)?([A-Za-z_]\w{0,60})\s{0,4}(?::\s{0,2}\w+\s{0,2})?=(?!=)/.exec(
    line,
  )?.[1] ??
  /^for\s+([A-Za-z_]\w{0,60})\s+(?:in|of)\b/.exec(line)?.[1] ??
  /\bread\s+(?:-\w+\s+)*([A-Za-z_]\w{0,60})\b/.exec(line)?.[1];

/** A short name counts only where the sign of a variable stands before it. */
const useOf = (name: string): RegExp => new RegExp(name.length < 3 ? `\\$\\{?${name}\\b` : `\\b${name}\\b(?!\\s*=[^=])`);
