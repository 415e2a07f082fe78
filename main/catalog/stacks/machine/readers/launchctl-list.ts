import { codes } from "../codes.ts";
import { readExit, readSignal } from "./ends.ts";
import { type Opinion, opinion, readersFor } from "./opinion.ts";

const ROW = /^\s{0,8}(-|\d{1,7})(\t| {2,40}| )(-?\d{1,3})(?:\t| {1,40})([A-Za-z0-9][\w .@:()-]{1,160})\s*$/;
const TABLE_HEAD = /^\s*PID\s+Status\s+Label\s*$/m;
const REVERSE_DNS = /^[A-Za-z0-9_-]+(?:\.[\w@-]+){1,}/;
const LAST_STATUS = /^\s{0,8}"LastExitStatus" = (-?\d{1,6});/m;
const HAS_PID = /^\s{0,8}"PID" = \d+;/m;
const MAX_LINES = 5_000;

/** Jobs of the system itself end in all ways on every healthy machine. */
const isSystemLabel = (label: string): boolean => label.startsWith("com.apple.") || /^application\.com\.apple\./.test(label);

function readRow(line: string, headed: boolean): readonly Opinion[] {
  const [, pid, gap, status, label] = ROW.exec(line) ?? [];
  if (pid !== "-" || status === undefined || label === undefined || isSystemLabel(label)) return [];
  // A single blank also parts the words of a list in ordinary text, so it counts only under the table's own heading.
  if (!REVERSE_DNS.test(label) || (gap === " " && !headed)) return [];
  const number = Number(status);
  const reading = number < 0 ? readSignal(-number) : readExit(number);
  return reading === undefined ? [] : [opinion(reading.code, line, Math.max(0.6, reading.confidence - 0.1))];
}

/** `LastExitStatus` is a raw wait status: the low seven bits are a signal, the next byte an exit code. */
function readJob(text: string): readonly Opinion[] {
  const found = LAST_STATUS.exec(text);
  if (found === null || HAS_PID.test(text)) return [];
  const raw = Number(found[1]);
  const signal = raw & 0x7f;
  const reading = signal === 0 ? readExit((raw >> 8) & 0xff) : readSignal(signal);
  return reading === undefined ? [] : [opinion(reading.code, found[0], reading.confidence)];
}

function readList(text: string): readonly Opinion[] {
  if (!/^\s{0,8}-[\t ]|LastExitStatus/m.test(text)) return [];
  const headed = TABLE_HEAD.test(text);
  const rows = text.split("\n", MAX_LINES).flatMap((line) => readRow(line.slice(0, 400), headed));
  return [...rows, ...readJob(text)];
}

/** Reads the table of `launchctl list` and the block of `launchctl list LABEL`. A job with a process gives no opinion. */
export const launchctlList = readersFor([codes.crashLoop, codes.spawnFailed, codes.codeIdentity, codes.memoryKilled], readList);
