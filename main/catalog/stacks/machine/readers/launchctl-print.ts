import { codes } from "../codes.ts";
import { readExit, readSignal } from "./ends.ts";
import { type Opinion, opinion, readersFor } from "./opinion.ts";
import { type PrintBlock, readPrintBlocks } from "./print-block.ts";

/** A job that runs is only called a loop when it was started this often and its last end was bad. */
const MANY_RUNS = 100;
/** How much the surest reading of a loop is believed: state and end both say so. */
const SURE = 0.9;

type Field = { readonly value: string; readonly line: string } | undefined;

/** How the last run ended. Three keys share this, and a missing one is normal. */
function readEnd(block: PrintBlock): readonly Opinion[] {
  const reason = block.own.get("last exit reason");
  const exit = block.own.get("last exit code");
  const signal = block.own.get("last terminating signal");
  const found: Opinion[] = [];
  if (reason !== undefined) found.push(...readReason(reason));
  const exitNumber = Number.parseInt(exit?.value ?? "", 10);
  const exitReading = Number.isNaN(exitNumber) ? undefined : readExit(exitNumber);
  if (exit !== undefined && exitReading !== undefined) found.push(opinion(exitReading.code, exit.line, exitReading.confidence));
  const signalNumber = Number.parseInt(/(\d{1,2})\s*$/.exec(signal?.value ?? "")?.[1] ?? "", 10);
  const signalReading = Number.isNaN(signalNumber) ? undefined : readSignal(signalNumber);
  if (signal !== undefined && signalReading !== undefined) found.push(opinion(signalReading.code, signal.line, signalReading.confidence));
  return found;
}

function readReason({ value, line }: { readonly value: string; readonly line: string }): readonly Opinion[] {
  if (/CODESIGNING/.test(value)) return [opinion(codes.codeIdentity, line, SURE)];
  if (/OS_REASON_(?:EXEC|DYLD)/.test(value)) return [opinion(codes.spawnFailed, line, SURE)];
  // Idle exits are how the system reclaims memory from jobs that have nothing to do.
  return /JETSAM/.test(value) && !/IDLE_EXIT/.test(value) ? [opinion(codes.memoryKilled, line, SURE)] : [];
}

const isEventDriven = (block: PrintBlock): boolean => block.own.has("run interval") || block.blocks.has("event triggers");

function readLooping(block: PrintBlock, state: NonNullable<Field>, ends: readonly Opinion[]): readonly Opinion[] {
  const exit = block.own.get("last exit code");
  if (ends.length > 0) {
    const worst = ends.map((end) => ({ ...end, confidence: Math.max(end.confidence, 0.85) }));
    const loop = worst.some((end) => end.code === codes.crashLoop) ? [] : [opinion(codes.crashLoop, state.line, 0.7)];
    return [...worst, ...loop];
  }
  if (exit !== undefined && /^0\b/.test(exit.value)) return [opinion(codes.cleanRespawn, state.line, 0.85)];
  return [];
}

function readStopped(block: PrintBlock, ends: readonly Opinion[]): readonly Opinion[] {
  const runs = block.own.get("runs");
  const pended = block.own.get("pended nondemand spawn");
  if (pended !== undefined) return [opinion(codes.neverStarted, pended.line, SURE)];
  if (runs?.value === "0") return [opinion(codes.neverStarted, runs.line, 0.85)];
  return ends;
}

function readRunning(block: PrintBlock, ends: readonly Opinion[]): readonly Opinion[] {
  const runs = Number(block.own.get("runs")?.value ?? "0");
  // The end of the run before this one says little, except where a job is restarted over and over; SIGKILL may be a person's.
  const failed = ends.filter((end) => end.code !== codes.codeIdentity);
  const enough = failed.length > 0 ? MANY_RUNS : MANY_RUNS * 10;
  if (runs < enough || ends.length === 0 || isEventDriven(block)) return [];
  return [opinion(codes.crashLoop, block.own.get("runs")?.line ?? "", 0.7), ...failed];
}

function readBlock(block: PrintBlock): readonly Opinion[] {
  const state = block.own.get("state");
  const jobState = block.own.get("job state");
  const ends = readEnd(block);
  const successive = block.own.get("successive crashes");
  if (successive !== undefined && Number(successive.value) >= 3) return [opinion(codes.crashLoop, successive.line, 0.85)];
  const spawn = jobState !== undefined && /spawn failed/.test(jobState.value) && !ends.some((end) => end.confidence >= SURE);
  const failed = spawn ? [...ends, opinion(codes.spawnFailed, jobState.line, SURE)] : ends;
  switch (state?.value) {
    case "running":
      return readRunning(block, ends);
    case "spawn scheduled":
      return readLooping(block, state, failed);
    case "not running":
    case "exited":
      return readStopped(block, failed);
    case "xpcproxy":
    case "spawning":
      return Number(block.own.get("runs")?.value ?? "0") >= MANY_RUNS ? failed : [];
    case "SIGTERMed":
    case "SIGKILLed":
    case "languishing":
      return [opinion(codes.inTransition, state.line, 0.7)];
    default:
      return [...readStopped(block, failed), ...readStaleConstraint(block)];
  }
}

/** launchd remembers which code it started; this mark says that the program on disk is another one by now. */
function readStaleConstraint(block: PrintBlock): readonly Opinion[] {
  const properties = block.own.get("properties");
  return properties !== undefined && /needs LWCR update/.test(properties.value) ? [opinion(codes.codeIdentity, properties.line, 0.6)] : [];
}

/** Two prints of one job with more starts and bad ends in the later one are a loop, whatever the state between them. */
function readSeries(blocks: readonly PrintBlock[]): readonly Opinion[] {
  return blocks.flatMap((block, index) => {
    const before = blocks.slice(0, index).findLast((one) => one.label !== undefined && one.label === block.label);
    const [was, is] = [before, block].map((one) => Number(one?.own.get("runs")?.value ?? Number.NaN));
    const rose = was !== undefined && is !== undefined && is > was;
    const end = readEnd(block)[0];
    return rose && end !== undefined ? [opinion(codes.crashLoop, block.own.get("runs")?.line ?? end.line, SURE)] : [];
  });
}

function readPrint(text: string): readonly Opinion[] {
  const blocks = readPrintBlocks(text);
  return [...blocks.flatMap(readBlock), ...readSeries(blocks)];
}

/** Reads what `launchctl print DOMAIN/LABEL` shows. Running, idle and cleanly stopped jobs give no opinion. */
export const launchctlPrint = readersFor(
  [codes.crashLoop, codes.cleanRespawn, codes.spawnFailed, codes.codeIdentity, codes.neverStarted, codes.memoryKilled, codes.inTransition],
  readPrint,
);
