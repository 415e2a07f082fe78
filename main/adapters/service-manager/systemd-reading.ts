import type { ServiceEnd, ServiceReading } from "../../core/ports/service-manager.ts";
import { type Shown, shownCommand, shownEnvironment, shownNumber, shownSeconds, shownText, shownTime } from "./parse-show.ts";
import { type UnitFile, unitCommand, unitStreamPath } from "./parse-unit-file.ts";
import { present } from "./present.ts";
import { ownSignal } from "./signal-names.ts";
import { splitWords } from "./split-words.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** What the reading is made from: all of it is asked for in one call. */
export const shownProperties: readonly string[] = [
  "ActiveState",
  "Environment",
  "EnvironmentFiles",
  "ExecMainCode",
  "ExecMainStatus",
  "ExecStart",
  "FragmentPath",
  "LoadError",
  "LoadState",
  "MainPID",
  "NRestarts",
  "NeedDaemonReload",
  "Restart",
  "RestartPreventExitStatus",
  "RestartUSec",
  "Result",
  "StartLimitBurst",
  "StateChangeTimestamp",
  "SubState",
  "TriggeredBy",
  "UnitFileState",
  "WorkingDirectory",
];

const enabledStates: Readonly<Record<string, boolean>> = {
  enabled: true,
  "enabled-runtime": true,
  alias: true,
  disabled: false,
  masked: false,
};

/** Turns the properties of a loaded unit into a reading. `unit` is its file, which alone tells where a word ends and where output goes. */
export function systemdReading(shown: Shown, unit: UnitFile, home: string): Loaded {
  const lastEnd = endOf(shown);
  const pid = shownNumber(shown, "MainPID");
  const reading = present<Loaded>({
    kind: "loaded",
    state: stateOf(shown),
    rawState: `${shownText(shown, "ActiveState") ?? ""}/${shownText(shown, "SubState") ?? ""}`,
    pid: pid === 0 ? undefined : pid,
    runs: shownNumber(shown, "NRestarts"),
    lastEnd,
    keepAlive: keepAliveOf(shownText(shown, "Restart")),
    onDemand: shownText(shown, "TriggeredBy") !== undefined,
    enabled: enabledStates[shownText(shown, "UnitFileState") ?? ""],
    needsReload: shownText(shown, "NeedDaemonReload") === "yes",
    definitionPath: shownText(shown, "FragmentPath"),
    argv: argvOf(shown, unit, home),
    // The sign says that a missing folder is no failure.
    workingDirectory: shownText(shown, "WorkingDirectory")?.replace(/^[!-]/, ""),
    environmentNames: shownEnvironment(shown).map(([name]) => name),
    stdoutPath: unitStreamPath(unit, "StandardOutput"),
    stderrPath: unitStreamPath(unit, "StandardError"),
    throttleSeconds: shownSeconds(shown, "RestartUSec"),
    sinceMs: shownTime(shown, "StateChangeTimestamp"),
  });
  return reading.state === "failed" ? { ...reading, gaveUp: hasGivenUp(shown, lastEnd) } : reading;
}

function stateOf(shown: Shown): Loaded["state"] {
  const [active, sub] = [shownText(shown, "ActiveState"), shownText(shown, "SubState")];
  if (sub === "auto-restart" || sub === "auto-restart-queued") return "waiting-to-restart";
  if (active === "active") return sub === "exited" ? "stopped" : "running";
  if (active === "reloading") return "running";
  if (active === "activating") return "starting";
  if (active === "deactivating") return "stopping";
  if (active === "failed") return "failed";
  return active === "inactive" ? "stopped" : "unrecognised";
}

const endKinds: Readonly<Record<string, "exited" | "killed">> = {
  "1": "exited",
  exited: "exited",
  "2": "killed",
  killed: "killed",
  "3": "killed",
  dumped: "killed",
};
/** Where systemd was not asked for the kind of end, its result tells it. */
const resultKinds: Readonly<Record<string, "exited" | "killed">> = { "exit-code": "exited", signal: "killed", "core-dump": "killed" };

/** How the main process ended; nothing while it runs, because systemd forgets the run before. */
function endOf(shown: Shown): ServiceEnd | undefined {
  const code = shownText(shown, "ExecMainCode");
  const status = shownNumber(shown, "ExecMainStatus");
  const result = shownText(shown, "Result");
  const kind = code === undefined ? resultKinds[result ?? ""] : endKinds[code];
  const end = present<ServiceEnd>({
    exitCode: kind === "exited" ? status : undefined,
    signal: kind === "killed" && status !== undefined ? ownSignal(status) : undefined,
    reason: result === "success" ? undefined : result,
  });
  return Object.keys(end).length === 0 ? undefined : end;
}

function keepAliveOf(restart: string | undefined): Loaded["keepAlive"] | undefined {
  if (restart === "always" || restart === "no") return restart === "always" ? "always" : "never";
  // A unit that restarts after success only is neither.
  return restart === undefined || restart === "on-success" ? undefined : "on-failure";
}

/** The words of the unit file where they are the command that systemd shows; otherwise the shown command, split as well as it can be. */
function argvOf(shown: Shown, unit: UnitFile, home: string): readonly string[] | undefined {
  const command = shownCommand(shown);
  if (command === undefined) return undefined;
  const words = unitCommand(unit, home);
  const flat = (text: string) => text.replaceAll(/\$\$/g, "$");
  return flat(words.join(" ")) === flat(command) ? words : splitWords(command);
}

/**
 * Releases differ in whether they say `start-limit-hit`; when not, as many restarts as the limit allows tell the same. An
 * exit code that the unit excludes from restarting is no giving up.
 */
function hasGivenUp(shown: Shown, end: ServiceEnd | undefined): boolean {
  if (shownText(shown, "Result") === "start-limit-hit") return true;
  // Many runtimes answer SIGTERM with 128 + 15: systemd calls the unit failed, but somebody stopped it.
  if (end?.exitCode === 143 || end?.exitCode === 130) return false;
  const prevented = splitWords(shownText(shown, "RestartPreventExitStatus") ?? "");
  if ([end?.exitCode?.toString(), end?.signal?.replace(/^SIG/, "")].some((each) => each !== undefined && prevented.includes(each)))
    return false;
  const burst = shownNumber(shown, "StartLimitBurst") ?? 0;
  return shownText(shown, "Restart") !== "no" && burst > 0 && (shownNumber(shown, "NRestarts") ?? 0) >= burst;
}
