import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { TailCursor } from "../../../core/ports/files.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import { oneLine } from "../summary.ts";
import { collect, type LogHit, type LogRule, type ReadLine } from "./collect.ts";
import { isoTime } from "./iso-time.ts";

export type { LogHit, LogLine, LogRule, ReadLine } from "./collect.ts";
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

/** `read` names the files that could be tailed, `skippedBytes` what was passed over because too much arrived at once. */
export type LogSignatureSeen = { readonly read: readonly string[]; readonly hits: readonly LogHit[]; readonly skippedBytes: number };

type Memory = { readonly cursors: Map<string, TailCursor>; readonly hits: Map<string, LogHit> };

/** `check` parses options once, so the parsed object is the identity of one bound check, and its memory ends with it. */
const memories = new WeakMap<object, Memory>();

function memoryOf(options: object): Memory {
  const known = memories.get(options);
  if (known !== undefined) return known;
  const fresh: Memory = { cursors: new Map(), hits: new Map() };
  memories.set(options, fresh);
  return fresh;
}

/** Tails logs from where the last look ended and counts known bad lines within a time window. */
export const logSignatureProbe = defineProbe<typeof LogSignatureOptions, LogSignatureSeen>({
  type: "log-signature",
  options: LogSignatureOptions,
  observe: async (options, context) => {
    const { cursors, hits } = memoryOf(options);
    const { files, clock } = context.ports;
    const paths = Array.isArray(options.paths) ? options.paths : await options.paths(context);
    const read: string[] = [];
    let skippedBytes = 0;
    for (const path of paths) {
      const cursor = cursors.get(path) ?? null;
      const chunk = await files.tail(path, cursor, { maxBytes: options.maxBytes });
      if (chunk === null) continue;
      cursors.set(path, chunk.cursor);
      read.push(path);
      skippedBytes += chunk.skippedBytes;
      const batch = { path, lines: chunk.lines, fresh: cursor !== null, nowMs: clock.nowMs(), windowMs: options.windowMs };
      collect(hits, options.rules, options.readLine, batch);
    }
    // Yesterday's files drop out of the candidates; their cursors must not pile up.
    for (const path of cursors.keys()) if (!paths.includes(path)) cursors.delete(path);
    return { read, hits: [...hits.values()], skippedBytes };
  },
  judge: (_options, { read, hits }) => {
    const newest = [...hits].sort((a, b) => b.lastAt - a.lastAt)[0];
    if (read.length === 0) return { light: "grey", summary: "There is no log to read", applies: false };
    if (newest === undefined) return { light: "green", summary: "The log shows nothing bad" };
    const findings = hits.map((hit) => ({
      code: hit.code,
      params: { count: hit.count },
      evidence: [{ source: `log ${hit.path}`, text: hit.count === 1 ? hit.line : `${hit.line} (${hit.count} times)` }],
    }));
    return { light: "amber", summary: oneLine(`Log: ${newest.line}`), findings };
  },
});
