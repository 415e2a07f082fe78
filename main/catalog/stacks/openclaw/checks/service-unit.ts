import type { Past } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { Files } from "../../../../core/ports/files.ts";
import type { LingerReading, ServiceManager, ServiceReading } from "../../../../core/ports/service-manager.ts";
import { classifyServiceUnit, type ServiceUnitState, showEnd } from "../../../probes/service-unit/index.ts";
import { oneLine } from "../knowledge/loose.ts";
import { type Expected, judgeServiceUnit, type Selecting, selectingNames } from "../knowledge/service-audit.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

export type ServiceSeen = {
  readonly reading: ServiceReading;
  readonly linger: LingerReading;
  readonly atMs: number;
  /** Values of the unit's variables that say where the gateway finds its things; none of them is a secret. */
  readonly selecting?: Selecting;
  /** Files of the unit's command that are not where it says. */
  readonly missing?: readonly string[];
};

/** Restarts that a young unit must have behind it to be called a loop at the first look. */
const loopRuns = 2;
const youngMs = 60_000;

/**
 * State of the unit by this stack's rules. A first look already tells a loop when the unit is young and was restarted
 * before: the gateway needs seconds to fail, so that it is often caught running.
 */
export function stateOf({ reading, atMs }: ServiceSeen, past: readonly Past<ServiceSeen>[]): ServiceUnitState {
  const state = classifyServiceUnit(
    reading,
    past.map(({ at, seen }) => ({ at, seen: seen.reading })),
  );
  if (reading.kind !== "loaded") return state;
  const young = reading.sinceMs !== undefined && atMs - reading.sinceMs < youngMs;
  if ((state === "up" || state === "starting") && young && (reading.runs ?? 0) >= loopRuns) return "crash-loop";
  // Exit 78 is the gateway's own word for "my configuration or my state forbids to start", not a missing program.
  if (state === "spawn-failed" && reading.lastEnd?.exitCode === 78)
    return reading.state === "waiting-to-restart" ? "crash-loop" : "stopped-failed";
  return state;
}

const words: Record<ServiceUnitState, string> = {
  up: "runs",
  idle: "is idle",
  starting: "is starting",
  stopping: "is stopping",
  "stopped-clean": "was stopped",
  "stopped-failed": "ended with an error",
  "never-started": "was never started",
  "not-installed": "is not installed: the gateway is started by hand",
  "not-loaded": "is installed, but not loaded",
  disabled: "is switched off",
  "crash-loop": "starts and fails again and again",
  "clean-respawn": "ends cleanly and is started again each time",
  "spawn-failed": "cannot be started: program, folder or log path is missing",
  "code-identity": "is killed at start because its program changed",
  "memory-killed": "was killed for memory",
  "gave-up": "failed too often; the system gave up on it",
  "no-session": "cannot be asked about: nobody is logged in",
  unknown: "cannot be read",
};

const looping: ReadonlySet<ServiceUnitState> = new Set(["crash-loop", "clean-respawn", "code-identity", "spawn-failed", "memory-killed"]);

function endWords(reading: ServiceReading): string {
  if (reading.kind !== "loaded") return "";
  const end = showEnd(reading.lastEnd);
  return [reading.runs === undefined ? "" : `${reading.runs} restarts counted`, end === "" ? "" : `last run ${end}`]
    .filter((one) => one !== "")
    .join(", ");
}

export function judgeService(seen: ServiceSeen, past: readonly Past<ServiceSeen>[], expected: Expected): Verdict {
  const state = stateOf(seen, past);
  const { reading, linger } = seen;
  const source = `service unit ${expected.label}`;
  const end = endWords(reading);
  const whole = `${expected.label} ${words[state]}${end === "" || state === "up" ? "" : ` (${end})`}`;
  const summary = oneLine(whole, 100);
  const findings: Raised[] = [...judgeServiceUnit(reading, expected, seen.selecting)];
  const [gone] = seen.missing ?? [];
  const params = { own: expected.label, ...(gone === undefined ? {} : { missing: gone }) };
  const cause = gone === undefined ? [] : [{ source, text: oneLine(`It starts ${gone}, and there is no such file`, 240) }];
  if (looping.has(state)) findings.push({ code: "openclaw.service.crash-loop", params, evidence: [{ source, text: whole }, ...cause] });
  if (state === "gave-up")
    findings.push({
      code: "openclaw.service.gave-up",
      params,
      evidence: [{ source, text: whole }, { source, text: "systemd stopped trying to start it" }, ...cause],
    });
  if (linger === "off" && (state === "up" || state === "starting"))
    findings.push({
      code: "openclaw.service.will-not-survive",
      evidence: [{ source: "loginctl", text: "Linger is off: user units end with the last session" }],
    });
  if (reading.kind === "unknown" && reading.reason === "no-bus")
    findings.push({
      code: "openclaw.service.will-not-survive",
      light: "green",
      evidence: [{ source, text: "No user bus here, so systemd cannot be asked" }],
    });

  // Whether a unit that is not running is a problem depends on whether the gateway answers all the same.
  if (findings.some((one) => one.light !== "green")) return { light: worstOf(findings), summary, findings };
  if (state === "up") return { light: "green", summary, findings };
  return { light: "grey", summary, findings, applies: false };
}

/** A value can be read only where the unit itself sets it. */
async function readSelecting(
  reading: ServiceReading,
  label: string,
  services: Pick<ServiceManager, "environmentValue">,
): Promise<Selecting> {
  const names = reading.kind === "loaded" ? selectingNames.filter((name) => reading.environmentNames?.includes(name)) : [];
  const values = await Promise.all(
    names.map(async (name) => [name, await services.environmentValue(label, name).catch(() => null)] as const),
  );
  return Object.fromEntries(values.flatMap(([name, value]) => (value === null || value === "" ? [] : [[name, value]])));
}

/** The program and the script in a unit's command, as far as they are absolute paths at which nothing is. */
async function missingIn(reading: ServiceReading, files: Pick<Files, "presence">): Promise<readonly string[]> {
  const [program, ...words] = reading.kind === "loaded" ? (reading.argv ?? []) : [];
  const script = words.find((word) => /^\/.+\.[cm]?js$/.test(word));
  const paths = [program, script].filter((path) => path?.startsWith("/") === true);
  const seen = await Promise.all(paths.map(async (path = "") => ({ path, there: await files.presence(path) })));
  return seen.filter(({ there }) => there.kind === "missing").map(({ path }) => path);
}

/** The unit that should start the gateway, as the service manager describes it. */
export const serviceCheck = ({ place }: Gateway, label: string) => {
  const { configPath, home, stateDir } = place;
  const expected: Expected = { label, port: place.configuredPort, stateDir, configPath, home };
  return ownCheck<ServiceSeen>(
    { id: "service", title: "Service unit", kind: "service-unit", everyMs: 15_000, timeoutMs: 4_000 },
    async ({ ports }) => {
      const [reading, linger] = await Promise.all([ports.services.read(label, { timeoutMs: 1_200 }), ports.services.linger()]);
      const [selecting, missing] = await Promise.all([readSelecting(reading, label, ports.services), missingIn(reading, ports.files)]);
      return { reading, linger, selecting, missing, atMs: ports.clock.nowMs() };
    },
    (seen, past) => judgeService(seen, past, expected),
  );
};
