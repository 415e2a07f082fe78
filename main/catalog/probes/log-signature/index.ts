import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { Verdict } from "../../../core/model/observation.ts";
import type { TailCursor } from "../../../core/ports/files.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import { oneLine } from "../summary.ts";
import { collect, type LogHit, type LogRule, type ReadLine } from "./collect.ts";
import { isoTime } from "./iso-time.ts";
import { looksLikeText } from "./looks-like-text.ts";

export type { LogHit, LogRule, ReadLine } from "./collect.ts";
export { isoTime } from "./iso-time.ts";

/** Candidates now; a function where the name changes, as with one file per day. */
export type LogPaths = (context: ProbeContext) => Promise<readonly string[]>;

const isFunction = (value: unknown): boolean => typeof value === "function";

/** Reads nothing but an ISO time out of a line. */
export const readIsoLine: ReadLine = (line) => {
  const at = isoTime(line);
  return at === undefined ? { text: line } : { at, text: line };
};

export const LogSignatureOptions = z.object({
  paths: z.union([z.array(z.string()).min(1), z.custom<LogPaths>(isFunction)]),
  rules: z.custom<readonly LogRule[]>((value) => Array.isArray(value)),
  /** Only lines of this age count, milliseconds. */
  windowMs: z.number().positive().default(900_000),
  maxBytes: z.number().positive().default(262_144),
  readLine: z.custom<ReadLine>(isFunction).default(() => readIsoLine),
});

/** A log that is there and says nothing: this account may not read it, or it holds something other than text. */
export type UnreadLog = { readonly path: string; readonly why: "cannot be read" | "does not hold text" | "is one line without end" };

/** `read` names the files that could be tailed, `skippedBytes` what was passed over because too much arrived at once. */
export type LogSignatureSeen = {
  readonly read: readonly string[];
  readonly unread?: readonly UnreadLog[];
  readonly hits: readonly LogHit[];
  readonly skippedBytes: number;
};

/** Opinion on a look that found no log to read. */
export function judgeUnread(unread: readonly UnreadLog[] = []): Verdict {
  const first = unread[0];
  if (first === undefined) return { light: "grey", summary: "There is no log to read", applies: false };
  return { light: "grey", summary: oneLine(`${first.path.slice(first.path.lastIndexOf("/") + 1)} ${first.why}`) };
}

type Memory = {
  readonly cursors: Map<string, TailCursor>;
  readonly hits: Map<string, LogHit>;
  readonly useless: Map<string, UnreadLog["why"]>;
};

/** `check` parses options once, so the parsed object is the identity of one bound check, and its memory ends with it. */
const memories = new WeakMap<object, Memory>();

function memoryOf(options: object): Memory {
  const known = memories.get(options);
  if (known !== undefined) return known;
  const fresh: Memory = { cursors: new Map(), hits: new Map(), useless: new Map() };
  memories.set(options, fresh);
  return fresh;
}

/** Tails logs from where the last look ended and counts known bad lines within a time window. */
export const logSignatureProbe = defineProbe<typeof LogSignatureOptions, LogSignatureSeen>({
  type: "log-signature",
  options: LogSignatureOptions,
  observe: async (options, context) => {
    const { cursors, hits, useless } = memoryOf(options);
    const { files, clock } = context.ports;
    const paths = Array.isArray(options.paths) ? options.paths : await options.paths(context);
    const read: string[] = [];
    const unread: UnreadLog[] = [];
    let skippedBytes = 0;
    for (const path of paths) {
      const cursor = cursors.get(path) ?? null;
      const chunk = await files.tail(path, cursor, { maxBytes: options.maxBytes });
      if (chunk === null) {
        if ((await files.presence(path)).kind !== "missing") unread.push({ path, why: "cannot be read" });
        continue;
      }
      cursors.set(path, chunk.cursor);
      if (chunk.lines.length > 0) {
        if (looksLikeText(chunk.lines)) useless.delete(path);
        else useless.set(path, "does not hold text");
      } else if (chunk.skippedBytes > 0) useless.set(path, "is one line without end");
      const why = useless.get(path);
      if (why !== undefined) {
        unread.push({ path, why });
        continue;
      }
      read.push(path);
      skippedBytes += chunk.skippedBytes;
      const batch = { path, lines: chunk.lines, fresh: cursor !== null, nowMs: clock.nowMs(), windowMs: options.windowMs };
      collect(hits, options.rules, options.readLine, batch);
    }
    // Yesterday's files drop out of the candidates; their cursors must not pile up.
    for (const path of [...cursors.keys(), ...useless.keys()]) {
      if (paths.includes(path)) continue;
      cursors.delete(path);
      useless.delete(path);
    }
    return { read, ...(unread.length > 0 ? { unread } : {}), hits: [...hits.values()], skippedBytes };
  },
  judge: (_options, { read, unread, hits }) => {
    const newest = [...hits].sort((a, b) => b.lastAt - a.lastAt)[0];
    if (read.length === 0) return judgeUnread(unread);
    if (newest === undefined) return { light: "green", summary: "The log shows nothing bad" };
    const findings = hits.map((hit) => ({
      code: hit.code,
      params: { count: hit.count },
      evidence: [{ source: `log ${hit.path}`, text: hit.count === 1 ? hit.line : `${hit.line} (${hit.count} times)` }],
    }));
    return { light: "amber", summary: oneLine(`Log: ${newest.line}`), findings };
  },
});
