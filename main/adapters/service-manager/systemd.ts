import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { LingerReading, ServiceEnd, ServiceListing, ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";
import { busFailure } from "./bus-failure.ts";
import { parseShow, type Shown, shownText } from "./parse-show.ts";
import { shownProperties, systemdReading } from "./systemd-reading.ts";
import { systemdVariables } from "./systemd-variables.ts";
import { listingOf, systemdFolders, type UnitFolder, unitFolders } from "./unit-folders.ts";
import { unitName } from "./unit-name.ts";
import { unitVariable } from "./unit-variable.ts";

export type SystemdOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly folders?: readonly UnitFolder[];
};

type Scope = ServiceListing["scope"];
type Asked = { readonly kind: "shown"; readonly shown: Shown } | Extract<ServiceReading, { kind: "unknown" }>;

/** Reads the account's systemd, and the machine's for units that only it defines, through `systemctl`. Never changes anything. */
export function systemdServiceManager(options: SystemdOptions): ServiceManager {
  const { commands, environment, files } = options;
  const folders = unitFolders(files, options.folders ?? systemdFolders(environment.home, environment.variable("XDG_CONFIG_HOME")));
  const lastEnds = new Map<string, ServiceEnd>();
  const journal = new Map<string, { readonly sinceMs: number; readonly gaveUp: boolean }>();
  const env = systemdVariables(environment);
  const run = (file: string, args: readonly string[], timeoutMs = 3000) => commands.run({ file, args, env, timeoutMs, maxBytes: 262_144 });

  const ask = async (unit: string, scope: Scope, timeoutMs?: number): Promise<Asked> => {
    const which = scope === "user" ? ["--user"] : [];
    const properties = `--property=${shownProperties.join(",")}`;
    const outcome = await run("systemctl", [...which, "--no-pager", "show", properties, "--", unit], timeoutMs);
    const failure = busFailure(outcome);
    return failure ?? { kind: "shown", shown: parseShow("stdout" in outcome ? outcome.stdout : "") };
  };

  const read = async (unit: string, scope: Scope, timeoutMs?: number): Promise<ServiceReading> => {
    const asked = await ask(unit, scope, timeoutMs);
    if (asked.kind === "unknown") return asked;
    const { shown } = asked;
    const definitionPath = shownText(shown, "FragmentPath");
    const load = shownText(shown, "LoadState");
    if (load === undefined) return { kind: "unknown", reason: "unreadable", detail: "systemctl showed nothing that can be read." };
    if (load === "masked") return { kind: "not-loaded", definitionPath: definitionPath ?? "/dev/null", disabled: true };
    if (load === "not-found") {
      const known = await folders.named(unit, scope);
      return known ? { kind: "not-loaded", definitionPath: known.path, disabled: false } : { kind: "not-installed" };
    }
    if (load !== "loaded" && definitionPath !== undefined)
      return { kind: "not-loaded", definitionPath, disabled: false, refusal: shownText(shown, "LoadError") ?? load };
    const reading = systemdReading(shown, definitionPath === undefined ? [] : await folders.read(definitionPath), environment.home);
    if (reading.state === "failed" && reading.gaveUp === false && shownText(shown, "Restart") !== "no")
      return { ...reading, gaveUp: await saidToGiveUp(unit, scope, reading.sinceMs) };
    return rememberEnd(unit, reading);
  };

  /** systemd forgets how a run ended once the next one starts, and a loop is often seen while it runs. */
  const rememberEnd = (unit: string, reading: Extract<ServiceReading, { kind: "loaded" }>): ServiceReading => {
    if (reading.lastEnd) lastEnds.set(unit, reading.lastEnd);
    else if (reading.runs === 0) lastEnds.delete(unit);
    const lastEnd = reading.lastEnd ?? lastEnds.get(unit);
    return lastEnd ? { ...reading, lastEnd } : reading;
  };

  /** Only the journal says it plainly, and it is slow to ask; so once for each time a unit fails. */
  const saidToGiveUp = async (unit: string, scope: Scope, sinceMs = 0): Promise<boolean> => {
    const known = journal.get(unit);
    if (known?.sinceMs === sinceMs) return known.gaveUp;
    const which = scope === "user" ? ["--user", "--user-unit", unit] : ["--unit", unit];
    const since = `--since=@${Math.floor(sinceMs / 1000) - 10}`;
    const outcome = await run("journalctl", [...which, since, "--lines=30", "--output=cat", "--no-pager", "--quiet"], 1500);
    const gaveUp = "stdout" in outcome && outcome.stdout.includes("Start request repeated too quickly");
    journal.set(unit, { sinceMs, gaveUp });
    return gaveUp;
  };

  return {
    kind: "systemd",
    async read(label, { timeoutMs } = {}) {
      const unit = unitName(label);
      if (unit === null) return { kind: "unknown", reason: "unreadable", detail: "This is not a name of a service unit." };
      const own = await read(unit, "user", timeoutMs);
      if (own.kind !== "not-installed" && own.kind !== "unknown") return own;
      // Only a unit that the account does not define itself can be meant as one of the machine.
      const machines = (await folders.named(unit, "user")) === null && (await folders.named(unit, "system")) !== null;
      return machines ? read(unit, "system", timeoutMs) : own;
    },
    async find(matches) {
      const listings = (await folders.all()).map((each) => listingOf(each, environment.home));
      return listings.filter(({ label, argv = [] }) => label.search(matches) >= 0 || argv.join(" ").search(matches) >= 0);
    },
    async environmentValue(label, name) {
      const unit = unitName(label);
      if (unit === null) return null;
      const asked = await ask(unit, "user");
      const loaded = asked.kind === "shown" && shownText(asked.shown, "LoadState") === "loaded";
      const onDisk = loaded ? null : ((await folders.named(unit, "user")) ?? (await folders.named(unit, "system")));
      return unitVariable(loaded ? asked.shown : (onDisk?.unit ?? []), name, files, environment.home);
    },
    async linger(): Promise<LingerReading> {
      const outcome = await run("loginctl", ["--no-ask-password", "show-user", environment.user, "--property=Linger"]);
      const said = "stdout" in outcome ? /^Linger=(yes|no)$/m.exec(outcome.stdout)?.[1] : undefined;
      if (said !== undefined) return said === "yes" ? "on" : "off";
      // loginctl knows only who is logged in; the mark it leaves tells for the others.
      if (await files.facts(`/var/lib/systemd/linger/${environment.user}`)) return "on";
      return "stderr" in outcome && /not logged in or lingering|No user '/.test(outcome.stderr) ? "off" : "unknown";
    },
  };
}
