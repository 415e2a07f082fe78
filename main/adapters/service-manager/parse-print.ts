/**
 * What `launchctl print` tells about one job. Only the job's own lines count, those behind exactly one TAB: nested blocks
 * repeat `state = active` and `active = 1` for other things. Values of environment variables are never kept.
 */
export type PrintedJob = {
  readonly fields: ReadonlyMap<string, string>;
  /** `properties` taken apart; null where the job prints none. */
  readonly properties: ReadonlySet<string> | null;
  readonly argv: readonly string[];
  readonly environmentNames: readonly string[];
  /** The conditions of KeepAlive as a dictionary, such as `successful exit` to `0`. */
  readonly semaphores: ReadonlyMap<string, string>;
  /** Started by a calendar, a path or another event. */
  readonly hasEventTriggers: boolean;
};

type Line = { readonly depth: number; readonly text: string };

/** Pasted output often has eight spaces where launchctl wrote a TAB. */
function lineOf(raw: string): Line | null {
  const parts = /^((?:\t| {8})*)(\S.*)$/.exec(raw.trimEnd());
  return parts ? { depth: (parts[1] ?? "").replaceAll(" ".repeat(8), "\t").length, text: parts[2] ?? "" } : null;
}

const scalar = (text: string, sign: "=" | "=>"): readonly [string, string] | null => {
  const at = text.indexOf(` ${sign} `);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + sign.length + 2)];
};

/** launchd adds these two to every job; nobody defined them. */
const addedByLaunchd: readonly string[] = ["OSLogRateLimit", "XPC_SERVICE_NAME"];

/** Reads the output of `launchctl print DOMAIN/LABEL`. Null when it holds no job. Blocks are told by depth, because braces do not always match. */
export function parsePrint(text: string): PrintedJob | null {
  const fields = new Map<string, string>();
  const blocks = new Map<string, string[]>();
  let block: string[] = [];
  const lines = text.split("\n").map(lineOf);
  // What somebody copied out of the middle has lost the block around it, and with it one step of every indent.
  const isWhole = lines.some((line) => line?.depth === 1 || (line?.depth === 0 && line.text.endsWith("= {")));
  const own = isWhole ? 1 : 0;
  for (const line of lines) {
    if (line?.depth === own) {
      const opened = /^(.+?) =>? \{$/.exec(line.text)?.[1];
      block = [];
      if (opened !== undefined && !blocks.has(opened)) blocks.set(opened, block);
      const pair = opened === undefined ? scalar(line.text, "=") : null;
      if (pair && !fields.has(pair[0])) fields.set(...pair);
    } else if (line?.depth === own + 1) block.push(line.text);
  }
  const isJob = isWhole ? fields.has("state") || fields.has("path") : fields.has("state") && fields.has("runs");
  if (!isJob) return null;
  const properties = fields.get("properties");
  return {
    fields,
    properties: properties === undefined ? null : new Set(properties.split(" | ").map((each) => each.trim())),
    argv: blocks.get("arguments") ?? [],
    environmentNames: namesIn(blocks.get("environment") ?? []),
    semaphores: new Map((blocks.get("semaphores") ?? []).flatMap((each) => [scalar(each, "=>")].filter((pair) => pair !== null))),
    hasEventTriggers: (blocks.get("event triggers") ?? []).some((each) => each.endsWith("{")),
  };
}

const namesIn = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => scalar(line, "=>")?.[0] ?? []).filter((name) => !addedByLaunchd.includes(name));

/** One value of the job's environment, read out of the same text on demand. */
export function printedEnvironmentValue(text: string, name: string): string | null {
  let inside = false;
  for (const line of text.split("\n").map(lineOf)) {
    if (line?.depth === 1) inside = line.text === "environment = {";
    const pair = inside && line?.depth === 2 ? scalar(line.text, "=>") : null;
    if (pair?.[0] === name) return pair[1];
  }
  return null;
}
