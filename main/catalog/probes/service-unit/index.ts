import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { Light } from "../../../core/model/light.ts";
import type { ServiceEnd, ServiceReading } from "../../../core/ports/service-manager.ts";
import { oneLine } from "../summary.ts";
import { classifyServiceUnit, type ServiceUnitState } from "./classify.ts";

export { classifyServiceUnit, endedPolitely, type ServiceUnitState, startsSeen } from "./classify.ts";

const code = z.string().optional();

/** Findings to raise per state; a state without a code only colours the check. */
export const ServiceUnitCodes = z.object({
  notInstalled: code,
  notLoaded: code,
  disabled: code,
  definitionRefused: code,
  crashLoop: code,
  cleanRespawn: code,
  spawnFailed: code,
  codeIdentity: code,
  memoryKilled: code,
  neverStarted: code,
  stopped: code,
  gaveUp: code,
  noSession: code,
  inTransition: code,
});
export type ServiceUnitCodes = z.infer<typeof ServiceUnitCodes>;

export const ServiceUnitOptions = z.object({
  label: z.string().min(1),
  timeoutMs: z.number().positive().default(3_000),
  expected: z.enum(["running", "on-demand"]).default("running"),
  codes: ServiceUnitCodes.default({}),
});

type Words = { readonly light: Light; readonly words: string; readonly code?: keyof ServiceUnitCodes };

const table: Record<ServiceUnitState, Words> = {
  up: { light: "green", words: "runs" },
  idle: { light: "green", words: "is idle between its runs" },
  starting: { light: "amber", words: "is starting" },
  stopping: { light: "amber", words: "is stopping", code: "inTransition" },
  "stopped-clean": { light: "red", words: "was stopped", code: "stopped" },
  "stopped-failed": { light: "red", words: "ended with an error", code: "stopped" },
  "never-started": { light: "red", words: "is loaded, but was never started", code: "neverStarted" },
  "not-installed": { light: "red", words: "is not installed", code: "notInstalled" },
  "not-loaded": { light: "red", words: "is installed, but not loaded", code: "notLoaded" },
  disabled: { light: "red", words: "is switched off", code: "disabled" },
  "crash-loop": { light: "red", words: "starts and fails again and again", code: "crashLoop" },
  "clean-respawn": { light: "amber", words: "is restarted after each clean end", code: "cleanRespawn" },
  "spawn-failed": { light: "red", words: "cannot be started: program, folder or log path is missing", code: "spawnFailed" },
  "code-identity": { light: "red", words: "is killed at start because its program changed", code: "codeIdentity" },
  "memory-killed": { light: "red", words: "was killed for memory", code: "memoryKilled" },
  "gave-up": { light: "red", words: "failed too often; the system gave up on it", code: "gaveUp" },
  "no-session": { light: "grey", words: "cannot be asked about: nobody is logged in to the desktop", code: "noSession" },
  unknown: { light: "grey", words: "cannot be read" },
};

/** Not loaded, and not to be loaded as it is: the definition has to be mended first. */
const refused: Words = { light: "red", words: "is not loaded, and its definition would be refused", code: "definitionRefused" };

/** How a run ended, in words: "ended with 1", "killed by SIGKILL"; empty when nothing is known. */
export function showEnd(end: ServiceEnd | undefined): string {
  if (end === undefined) return "";
  const parts = [
    end.exitCode === undefined ? "" : `ended with ${end.exitCode}`,
    end.signal === undefined ? "" : `ended by ${end.signal}`,
    end.reason === undefined ? "" : end.reason,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function describe(reading: ServiceReading): string {
  if (reading.kind === "unknown") return `${reading.reason}: ${reading.detail}`;
  if (reading.kind === "not-loaded" && reading.refusal !== undefined) return `not loaded; ${reading.refusal}`;
  if (reading.kind !== "loaded") return reading.kind;
  const runs = reading.runs === undefined ? "" : `, ${reading.runs} starts counted`;
  const end = showEnd(reading.lastEnd);
  const next = reading.nextTryMs === undefined ? "" : `, next try in ${Math.ceil(reading.nextTryMs / 1000)} s`;
  return `state ${reading.rawState}${runs}${end === "" ? "" : `, last run ${end}`}${next}`;
}

/** What the definition on disk adds: its faults, and in what it differs from what the manager goes on with. */
function definitionLines(reading: ServiceReading): readonly string[] {
  if (reading.kind !== "loaded" && reading.kind !== "not-loaded") return [];
  const drift = reading.kind === "loaded" ? (reading.drift ?? []) : [];
  const faults = (reading.definitionFaults ?? []).slice(0, 4);
  return [...(drift.length === 0 ? [] : [`Changed on disk since it was loaded: ${drift.join(", ")}`]), ...faults];
}

/** Asks launchd or systemd about one service unit and judges it over time; changes nothing. */
export const serviceUnitProbe = defineProbe<typeof ServiceUnitOptions, ServiceReading>({
  type: "service-unit",
  options: ServiceUnitOptions,
  observe: async ({ label, timeoutMs }, { ports }) => ports.services.read(label, { timeoutMs }),
  judge: ({ label, expected, codes }, seen, past) => {
    const state = classifyServiceUnit(seen, past, expected);
    const isRefused = state === "not-loaded" && seen.kind === "not-loaded" && seen.refusal !== undefined;
    const { light, words, code } = isRefused ? refused : table[state];
    const raised = (code === undefined ? undefined : codes[code]) ?? (isRefused ? codes.notLoaded : undefined);
    const pid = seen.kind === "loaded" && seen.pid !== undefined ? ` (process ${seen.pid})` : "";
    const next = seen.kind === "loaded" && seen.nextTryMs !== undefined ? `; next try in ${Math.ceil(seen.nextTryMs / 1000)} s` : "";
    const summary = oneLine(`${label} ${words}${state === "up" ? pid : next}`);
    if (raised === undefined) return { light, summary };
    const lines = [`${label}: ${describe(seen)}`, ...definitionLines(seen)];
    const evidence = lines.map((text) => ({ source: "service unit", text: oneLine(text, 200) }));
    return { light, summary, findings: [{ code: raised, params: { label }, evidence }] };
  },
});
