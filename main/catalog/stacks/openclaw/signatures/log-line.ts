import { isoTime } from "../../../probes/log-signature/iso-time.ts";
import { type Loose, parseJson, record, text } from "../knowledge/loose.ts";

/**
 * One line of a gateway log, flattened to `[subsystem] message key=value …`. `at` in epoch milliseconds.
 * Without a subsystem the line comes from a run of the command line tool: it says nothing about the gateway.
 */
export type GatewayLogLine = { readonly at?: number; readonly text: string; readonly subsystem?: string };

const MAX_VALUE = 400;
const CONSOLE =
  /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*)\s+(?:(?:trace|debug|info|warn|error|fatal)\s+)?(?:\[([\w./:-]+)\]\s*|([a-z][\w-]*\/[\w/-]+)\s+)?(.*)$/i;

/** The `0` field holds JSON in a string: `{"subsystem":"gateway/ws"}` or `{"module":"cron"}`. */
function subsystemOf(line: Loose): string | undefined {
  const direct = text(line["subsystem"]);
  if (direct !== undefined) return direct;
  const first = text(line["0"]);
  const named = first?.startsWith("{") === true ? record(parseJson(first)) : {};
  return text(named["subsystem"]) ?? text(named["module"]);
}

/** Scalar fields of a structured log object as `key=value`, in their order. */
function flatten(fields: Loose): string {
  return Object.entries(fields)
    .filter(([, value]) => typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    .map(([key, value]) => `${key}=${String(value).slice(0, MAX_VALUE)}`)
    .join(" ");
}

/** Whether a JSON object is a line of the file log, or of `openclaw logs --json`. */
export const isLogObject = (line: Loose): boolean =>
  "_meta" in line || ("0" in line && "time" in line) || (text(line["type"]) === "log" && "message" in line);

/** Flattens a parsed line. */
export function flattenLogObject(line: Loose): GatewayLogLine {
  const subsystem = subsystemOf(line);
  const structured = typeof line["1"] === "object" ? record(line["1"]) : {};
  const message =
    text(line["message"]) ?? text(line["2"]) ?? text(line["1"]) ?? (subsystem === undefined ? text(line["0"]) : undefined) ?? "";
  const extra = flatten(structured);
  const at = isoTime(text(line["time"]) ?? text(record(line["_meta"])["date"]) ?? "");
  const words = [`[${subsystem ?? "cli"}]`, message, extra].filter((part) => part !== "").join(" ");
  return { text: words, ...(at === undefined ? {} : { at }), ...(subsystem === undefined ? {} : { subsystem }) };
}

/** Reads one line of the JSONL file log or of the service's console log. Lines that are neither keep their text. */
export function readLogLine(line: string): GatewayLogLine {
  if (line.trimStart().startsWith("{")) {
    const value = record(parseJson(line));
    if (isLogObject(value)) return flattenLogObject(value);
    const cut = /"subsystem\\?":\s*\\?"([\w./-]+)/.exec(line)?.[1];
    // A line cut in the middle is no JSON any more; its text still counts.
    return { text: `[${cut ?? "cli"}] ${line}`, ...(cut === undefined ? {} : { subsystem: cut }) };
  }
  const found = CONSOLE.exec(line);
  if (found === null) {
    const bare = /^\[([a-z][\w./:-]*)\]\s+(.*)$/.exec(line);
    return bare === null ? { text: line } : { text: line, subsystem: bare[1] ?? "" };
  }
  const at = isoTime(found[1] ?? "");
  const subsystem = found[2] ?? found[3];
  return {
    text: `[${subsystem ?? "cli"}] ${found[4] ?? ""}`,
    ...(at === undefined ? {} : { at }),
    ...(subsystem === undefined ? {} : { subsystem }),
  };
}
