import type { ServiceAction } from "../../core/model/plan.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { CommandOutcome, CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceActed, ServiceActing, ServiceControl } from "../../core/ports/service-control.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { journalLines, plainLine } from "./journal-lines.ts";
import { lingerIgnored, lingerRefusal } from "./linger-refusal.ts";
import { systemdServiceManager } from "./systemd.ts";
import { proveAction } from "./systemd-proof.ts";
import { systemdRecipe } from "./systemd-recipe.ts";
import { systemdRefusal, unreachableRefusal } from "./systemd-refusal.ts";
import { systemdVariables } from "./systemd-variables.ts";
import { systemdFolders, type UnitFolder, unitFolders } from "./unit-folders.ts";
import { actableUnitName } from "./unit-name.ts";

export type SystemdControlOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly clock: Clock;
  readonly folders?: readonly UnitFolder[];
  /** How long a unit may take to get where it should be once systemd took the order, milliseconds (default 10000). */
  readonly patienceMs?: number;
  /** How long a unit must keep running before it counts as started, milliseconds (default 1500). */
  readonly settleMs?: number;
  /** How long systemd itself may take for one order (default 100000: its own limit for starting and stopping is 90 s). */
  readonly orderMs?: number;
};

const noName: ServiceActed = {
  kind: "failed",
  meaning: "This is not the name of a unit that may be started or stopped.",
  next: "Give the name of a service, timer, socket or path unit as systemd lists it.",
};

/** Acts on the account's own units through `systemctl --user`. Units of the machine are never touched, and nobody is asked for a password. */
export function systemdServiceControl(options: SystemdControlOptions): ServiceControl {
  const { commands, environment, files, clock, patienceMs = 10_000, settleMs = 1500, orderMs = 100_000 } = options;
  const every = options.folders ?? systemdFolders(environment.home, environment.variable("XDG_CONFIG_HOME"));
  const manager = systemdServiceManager({ ...options, folders: every.filter(({ scope }) => scope === "user") });
  const folders = unitFolders(files, every);
  const env = systemdVariables(environment);
  const run = ([file = "", ...args]: readonly string[], timeoutMs: number, signal?: AbortSignal): Promise<CommandOutcome> =>
    commands.run({ file, args, env, timeoutMs, maxBytes: 262_144, ...(signal ? { signal } : {}) });

  const lastLines = async (label: string, lines: number): Promise<readonly string[]> => {
    const unit = actableUnitName(label);
    const count = Math.min(Math.max(Math.trunc(lines) || 0, 0), 500);
    if (unit === null || count === 0) return [];
    // Where the account has no journal of its own, its lines stand in the machine's, if it may read that.
    for (const which of [["--user"], []]) {
      const ask = ["journalctl", ...which, `--user-unit=${unit}`, "--output=json", `--lines=${count}`, "--no-pager", "--quiet"];
      const outcome = await run(ask, 3000);
      const found = outcome.kind === "exited" && outcome.exitCode === 0 ? journalLines(outcome.stdout).slice(-count) : [];
      if (found.length > 0) return found;
    }
    return (await outputLines(unit)).slice(-count);
  };

  /** A unit that writes into files of its own leaves nothing in the journal. */
  const outputLines = async (unit: string): Promise<readonly string[]> => {
    const reading = await manager.read(unit);
    if (reading.kind !== "loaded") return [];
    const paths = [reading.stdoutPath, reading.stderrPath].filter((path) => path !== undefined);
    const tails = await Promise.all([...new Set(paths)].map((path) => files.tail(path, null, { maxBytes: 65_536 })));
    return tails
      .flatMap((tail) => tail?.lines ?? [])
      .map(plainLine)
      .filter(Boolean);
  };

  /** Why the unit cannot be acted upon as it is; null when it can. */
  const obstacle = async (action: ServiceAction, unit: string, reading: ServiceReading): Promise<ServiceActed | null> => {
    if (reading.kind === "unknown") return unreachableRefusal(reading);
    if (action === "read-definitions") return null;
    if (reading.kind === "not-installed") {
      if (action === "stop") return null;
      const machines = await folders.named(unit, "system");
      const meaning = machines ? `${unit} belongs to the machine, not to this account.` : `There is no unit ${unit} for this account.`;
      const next = machines
        ? "Units of the machine are for its administrator; we never act on them."
        : "Install the stack's unit again with the stack's own command.";
      return { kind: "failed", meaning, next };
    }
    if (reading.kind === "not-loaded" && reading.disabled && action !== "stop" && action !== "disable") {
      const next = `If that is not wanted, unmask it by hand with: systemctl --user unmask ${unit}`;
      return { kind: "failed", meaning: `${unit} is masked: somebody switched it off so that nothing can start it.`, next };
    }
    return null;
  };

  const enableLinger = async ({ signal, progress }: ServiceActing): Promise<ServiceActed> => {
    const { user } = environment;
    if (!/^[A-Za-z0-9_][\w.-]*\$?$/.test(user))
      return { ...lingerIgnored, meaning: "The account has no name that can be given to loginctl." };
    if ((await manager.linger()) === "on") return { kind: "already", detail: `The units of ${user} already outlive its last log-out.` };
    progress?.(`Asking the log-in service to keep the units of ${user} running.`);
    const [argv = []] = systemdRecipe("enable-linger", "", { kind: "not-installed" }, user);
    const outcome = await run(argv, 15_000, signal);
    if (outcome.kind === "cancelled") return { kind: "cancelled", detail: "loginctl was ended before it answered." };
    // What the call says is not what counts: it has refused and done it, and agreed and not done it.
    for (let tries = 0; tries < 10; tries++) {
      if ((await manager.linger()) === "on") return { kind: "done", detail: `The units of ${user} now outlive its last log-out.` };
      if (lingerRefusal(outcome)) break;
      await clock.sleep(200, signal);
    }
    return lingerRefusal(outcome) ?? lingerIgnored;
  };

  const act = async (action: ServiceAction, label: string, acting: ServiceActing = {}): Promise<ServiceActed> => {
    const { signal, progress } = acting;
    if (signal?.aborted) return { kind: "cancelled", detail: "Nothing was done." };
    if (action === "enable-linger") return enableLinger(acting);
    const unit = actableUnitName(label);
    if (unit === null) return noName;
    const before = await manager.read(unit);
    const blocked = await obstacle(action, unit, before);
    if (blocked) return blocked;
    const recipe = systemdRecipe(action, unit, before, environment.user);
    if (recipe.length === 0) return { kind: "already", detail: alreadyWords(action, unit) };
    for (const argv of recipe) {
      progress?.(`Running ${argv.join(" ")}`);
      const outcome = await run(argv, orderMs, signal);
      if (outcome.kind === "cancelled")
        return { kind: "cancelled", detail: `We stopped waiting for ${argv.join(" ")}; systemd may still finish it.` };
      if (outcome.kind === "timed-out")
        return { kind: "timed-out", detail: `systemd did not finish ${argv.join(" ")} within ${Math.round(orderMs / 1000)} s.` };
      const refusal = systemdRefusal(outcome);
      // Nothing to clear is as good as cleared.
      if (refusal === null || (argv.includes("reset-failed") && /not loaded/.test("stderr" in outcome ? outcome.stderr : ""))) continue;
      return proveAction({ ...proof, action, unit, before, signal, refusal });
    }
    progress?.(`Looking whether ${unit} is as it should be.`);
    return proveAction({ ...proof, action, unit, before, signal });
  };

  const typeOf = async (unit: string): Promise<string> => {
    const outcome = await run(["systemctl", "--user", "--no-pager", "show", "--property=Type", "--value", "--", unit], 3000);
    return "stdout" in outcome ? outcome.stdout.trim() : "";
  };
  const proof = { manager, clock, patienceMs, settleMs, lastLines, typeOf };

  return {
    act,
    lastLines,
    async commands(action, label) {
      const unit = actableUnitName(label);
      if (action === "enable-linger")
        return (await manager.linger()) === "on" ? [] : systemdRecipe(action, "", { kind: "not-installed" }, environment.user);
      return unit === null ? [] : systemdRecipe(action, unit, await manager.read(unit), environment.user);
    },
  };
}

function alreadyWords(action: ServiceAction, unit: string): string {
  if (action === "stop") return `${unit} does not run.`;
  if (action === "enable" || action === "disable") return `${unit} is already switched ${action === "enable" ? "on" : "off"}.`;
  return action === "reset-failed" ? `${unit} has no failures to clear.` : `${unit} already runs.`;
}
