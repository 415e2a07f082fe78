import { codes } from "../codes.ts";
import { readExit } from "./ends.ts";
import { type Opinion, opinion, readersFor } from "./opinion.ts";

const PROPERTY = /^([A-Z][A-Za-z]{2,40})=(.{0,400})$/;
const MAX_LINES = 20_000;
/** Steps of systemd's own before the program runs (working directory, executable, output, user, namespace …) have these exits. */
const isSetUpExit = (status: number): boolean => status >= 200 && status <= 243;

type Unit = ReadonlyMap<string, string>;

function unitsOf(text: string): readonly Unit[] {
  if (!/^(?:Load|Active|Sub|UnitFile)State=/m.test(text)) return [];
  const units: Map<string, string>[] = [new Map()];
  for (const line of text.split("\n", MAX_LINES)) {
    const [, key, value] = PROPERTY.exec(line.trimEnd().slice(0, 500)) ?? [];
    if (key !== undefined && value !== undefined) units.at(-1)?.set(key, value);
    else if (line.trim() === "") units.push(new Map());
  }
  return units.filter((unit) => unit.has("LoadState") || unit.has("ActiveState") || unit.has("SubState") || unit.has("UnitFileState"));
}

const lineOf = (unit: Unit, key: string): string => `${key}=${unit.get(key) ?? ""}`;

/** A runtime that answers SIGTERM with 128+15 looks failed to systemd, but somebody stopped it. */
function readFailure(unit: Unit): readonly Opinion[] {
  const status = Number(unit.get("ExecMainStatus") ?? "0");
  const exited = (unit.get("ExecMainCode") ?? "1") === "1";
  if (unit.get("Result") === "oom-kill") return [opinion(codes.memoryKilled, lineOf(unit, "Result"), 0.95)];
  if (exited && isSetUpExit(status)) return [opinion(codes.spawnFailed, lineOf(unit, "ExecMainStatus"), 0.92)];
  const reading = exited ? readExit(status) : undefined;
  if (reading?.code === codes.spawnFailed) return [opinion(codes.spawnFailed, lineOf(unit, "ExecMainStatus"), 0.92)];
  return exited && status !== 0 && reading === undefined ? [] : [opinion(codes.gaveUp, lineOf(unit, "ActiveState"), 0.88)];
}

function readWaiting(unit: Unit): readonly Opinion[] {
  const failure = readFailure(unit);
  const status = Number(unit.get("ExecMainStatus") ?? "0");
  if (unit.get("Result") === "success" && status === 0) return [opinion(codes.cleanRespawn, lineOf(unit, "SubState"), 0.85)];
  return [...failure.filter((one) => one.code !== codes.gaveUp), opinion(codes.crashLoop, lineOf(unit, "SubState"), 0.9)];
}

function readUnit(unit: Unit): readonly Opinion[] {
  const load = unit.get("LoadState") ?? "loaded";
  if (load === "not-found") return [opinion(codes.notLoaded, lineOf(unit, "LoadState"), 0.9)];
  if (load === "masked" || (unit.get("UnitFileState") ?? "").startsWith("masked"))
    return [opinion(codes.disabled, `LoadState=${load}`, 0.85)];
  if (load === "bad-setting" || load === "error") return [opinion(codes.definitionRefused, lineOf(unit, "LoadState"), 0.9)];
  if ((unit.get("SubState") ?? "").startsWith("auto-restart")) return readWaiting(unit);
  if (unit.get("ActiveState") === "failed" || unit.get("SubState") === "failed") return readFailure(unit);
  if (unit.get("ActiveState") === "activating" && Number(unit.get("NRestarts") ?? "0") >= 3) {
    return [opinion(codes.crashLoop, lineOf(unit, "NRestarts"), 0.7)];
  }
  return [];
}

/** The whole answer of `systemctl is-enabled` or `is-active` for a unit that is not there. */
function readSingleWord(text: string): readonly Opinion[] {
  const word = text.trim();
  if (word === "not-found") return [opinion(codes.notLoaded, word, 0.7)];
  return word === "masked" ? [opinion(codes.disabled, word, 0.6)] : [];
}

/** Reads `systemctl show` properties (exit 0 even for units that do not exist) and one-word answers. */
export const systemdShow = readersFor(
  [
    codes.notLoaded,
    codes.disabled,
    codes.definitionRefused,
    codes.crashLoop,
    codes.cleanRespawn,
    codes.spawnFailed,
    codes.gaveUp,
    codes.memoryKilled,
  ],
  (text) => [...unitsOf(text).flatMap(readUnit), ...readSingleWord(text)],
);
