/**
 * One block of `launchctl print`, or an excerpt of one. `own` holds only the job's own keys: nested blocks repeat
 * `state` and `active` with other meanings, so depth is told by indentation, never by braces (some releases print unbalanced ones).
 */
export type PrintBlock = {
  readonly label: string | undefined;
  readonly own: ReadonlyMap<string, { readonly value: string; readonly line: string }>;
  /** Names of nested blocks, such as `event triggers` or `semaphores`. */
  readonly blocks: ReadonlySet<string>;
  /** `K => V` lines of the semaphores block: the conditions of a KeepAlive dictionary. */
  readonly semaphores: ReadonlyMap<string, string>;
};

const HEADER =
  /^\s{0,40}((?:system|gui\/\d+|user\/\d+|login\/\d+|pid\/\d+)\/[^\s=]{1,200}|[A-Za-z0-9_-]{1,80}(?:\.[A-Za-z0-9_-]{1,80}){1,8}) = \{\s*$/;
const PAIR = /^(\s{0,80})([A-Za-z][A-Za-z0-9_ /()-]{0,60}) = (.{0,2000})$/;
const CONDITION = /^\s{0,80}([a-z][a-z ]{0,60}) => (.{1,60})$/;
/** Keys that only this command prints. Without one of them a text is something else. */
const telling = new Set(["runs", "last exit code", "last exit reason", "last terminating signal", "job state", "pended nondemand spawn"]);
/** Keys too long to be anybody else's, so that one of them alone is enough. */
const unmistakable = new Set(["last exit code", "last exit reason", "last terminating signal", "pended nondemand spawn"]);
/** Keys that never occur in a nested block: they show how deep the job's own keys stand. */
const neverNested = new Set([...telling, "minimum runtime", "spawn type", "exit timeout"]);
const MENTIONED = /\b(?:runs|state|last exit code|last exit reason|last terminating signal|pended nondemand spawn) = /;
const MAX_LINES = 20_000;

type Draft = { label: string | undefined; lines: string[] };

function split(lines: readonly string[]): readonly Draft[] {
  const drafts: Draft[] = [{ label: undefined, lines: [] }];
  for (const line of lines) {
    const label = HEADER.exec(line)?.[1];
    if (label === undefined) drafts.at(-1)?.lines.push(line);
    else drafts.push({ label, lines: [] });
  }
  return drafts;
}

function readDraft({ label, lines }: Draft): PrintBlock {
  const pairs = lines.flatMap((line) => {
    const [, indent, key, value] = PAIR.exec(line.slice(0, 2_100)) ?? [];
    return indent === undefined || key === undefined || value === undefined
      ? []
      : [{ depth: indent.length, key, value: value.trim(), line }];
  });
  const anchors = pairs.filter((pair) => neverNested.has(pair.key));
  const depth = (anchors.length > 0 ? anchors : pairs).reduce((least, pair) => Math.min(least, pair.depth), Number.POSITIVE_INFINITY);
  const own = new Map<string, { value: string; line: string }>();
  const blocks = new Set<string>();
  for (const pair of pairs) {
    // A pasted excerpt often lost the indent of its first line, so less deep counts too.
    if (pair.depth > depth) continue;
    if (pair.value === "{") blocks.add(pair.key);
    else if (!own.has(pair.key)) own.set(pair.key, { value: pair.value, line: pair.line });
  }
  const from = lines.findIndex((line) => /^\s*semaphores = \{\s*$/.test(line));
  const semaphores = new Map<string, string>();
  for (const line of from === -1 ? [] : lines.slice(from + 1, from + 12)) {
    const [, key, value] = CONDITION.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    semaphores.set(key, value.trim());
  }
  return { label, own, blocks, semaphores };
}

function isPrinted({ own, label }: PrintBlock): boolean {
  const keys = [...own.keys()];
  const known = keys.filter((key) => telling.has(key));
  if (label !== undefined) return known.length > 0 || own.has("state");
  if (known.length > 1 || known.some((key) => unmistakable.has(key))) return true;
  return known.length === 1 && (own.has("state") || own.has("properties"));
}

/** Every block found in a text, in order; empty for text that this command did not print. */
export function readPrintBlocks(text: string): readonly PrintBlock[] {
  if (!MENTIONED.test(text)) return [];
  const lines = text.split("\n", MAX_LINES);
  return split(lines)
    .map(readDraft)
    .filter((block) => isPrinted(block));
}
