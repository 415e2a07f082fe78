import type { CommandOutcome, CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";
import { launchctlMeaning, readLaunchctlFailure } from "./launchctl-failure.ts";
import { launchdReading } from "./launchd-reading.ts";
import { parseListBlock, parseListTable } from "./parse-list.ts";
import { parsePrint, printedEnvironmentValue } from "./parse-print.ts";
import { parsePrintDisabled } from "./parse-print-disabled.ts";
import { launchdFolders, type PlistFolder, plistDefinitions } from "./plist-definitions.ts";
import { present } from "./present.ts";

export type LaunchctlOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly launchctl?: string;
  readonly plutil?: string;
  readonly folders?: readonly PlistFolder[];
};

/** One attempt to read a job in one domain. Only `absent` means that the domain does not have it. */
type Look = ServiceReading | { readonly kind: "absent" };

/** Reads launchd through `launchctl` and never changes anything. The account's graphical session comes first. */
export function launchctlServiceManager(options: LaunchctlOptions): ServiceManager {
  const { commands, environment, launchctl = "/bin/launchctl", plutil = "/usr/bin/plutil" } = options;
  const definitions = plistDefinitions({ ...options, plutil, folders: options.folders ?? launchdFolders(environment.home) });
  const gui = `gui/${environment.uid}`;
  const ask = (args: readonly string[], timeoutMs = 3000) => commands.run({ file: launchctl, args, timeoutMs });

  const disabledIn = async (domain: string, timeoutMs?: number) => {
    const outcome = await ask(["print-disabled", domain], timeoutMs);
    return outcome.kind === "exited" && outcome.exitCode === 0 ? parsePrintDisabled(outcome.stdout) : null;
  };

  const look = async (domain: string, label: string, timeoutMs?: number): Promise<Look> => {
    const [outcome, disabled] = await Promise.all([ask(["print", `${domain}/${label}`], timeoutMs), disabledIn(domain, timeoutMs)]);
    if (outcome.kind !== "exited" || outcome.exitCode !== 0) return explainFailure(outcome);
    const job = parsePrint(outcome.stdout);
    if (job) return launchdReading(job, disabled === null ? undefined : disabled.get(label) !== true);
    return readListed(await ask(["list", label], timeoutMs));
  };

  const whenAbsent = async (label: string, timeoutMs?: number): Promise<ServiceReading> => {
    const definition = await definitions.labelled(label);
    if (!definition) return { kind: "not-installed" };
    const domain = definition.scope === "system" ? "system" : gui;
    const seen = definition.scope === "system" ? await look(domain, label, timeoutMs) : { kind: "absent" as const };
    if (seen.kind !== "absent") return seen;
    const disabled = (await disabledIn(domain, timeoutMs))?.get(label) ?? false;
    return { kind: "not-loaded", definitionPath: definition.path, disabled };
  };

  return {
    kind: "launchd",
    async read(label, { timeoutMs } = {}) {
      // A slash would ask about another domain.
      if (!/^[\w.@-]+$/.test(label)) return { kind: "unknown", reason: "unreadable", detail: "This is not a label of a service unit." };
      const seen = await look(gui, label, timeoutMs);
      if (seen.kind === "absent") return whenAbsent(label, timeoutMs);
      if (seen.kind !== "unknown" || seen.reason !== "no-session") return seen;
      // Without a graphical session a job can still live in the account's background domain, or be the machine's own.
      const background = await look(`user/${environment.uid}`, label, timeoutMs);
      if (background.kind === "loaded") return background;
      const definition = await definitions.labelled(label);
      return definition?.scope === "system" ? whenAbsent(label, timeoutMs) : seen;
    },

    async find(matches) {
      const [defined, listed] = await Promise.all([definitions.all(), ask(["list"])]);
      const known = new Set(defined.map((each) => each.label));
      // Jobs that applications register have no file; they are known by their label only.
      const others = "stdout" in listed ? parseListTable(listed.stdout).filter((each) => !known.has(each.label)) : [];
      return [
        ...defined.map(({ label, scope, path, argv }) => ({ label, scope, definitionPath: path, argv })),
        ...others.map(({ label }) => ({ label, scope: "user" as const, argv: [] })),
      ].filter(({ label, argv }) => label.search(matches) >= 0 || argv.join(" ").search(matches) >= 0);
    },

    async environmentValue(label, name) {
      const definition = await definitions.labelled(label);
      if (definition) return Object.hasOwn(definition.environment, name) ? (definition.environment[name] ?? null) : null;
      const printed = await ask(["print", `${gui}/${label}`]);
      return "stdout" in printed ? printedEnvironmentValue(printed.stdout, name) : null;
    },

    linger: async () => "not-applicable",
  };
}

/** Some releases print what we cannot read; the older `list` still says whether the job runs and how it ended. */
function readListed(outcome: CommandOutcome): Look {
  const block = outcome.kind === "exited" && outcome.exitCode === 0 ? parseListBlock(outcome.stdout) : null;
  if (!block) return { kind: "unknown", reason: "unreadable", detail: "launchctl printed nothing that can be read." };
  const failed = (block.lastEnd?.exitCode ?? 0) !== 0 || (block.lastEnd?.signal ?? "SIGTERM") !== "SIGTERM";
  return present<Extract<ServiceReading, { kind: "loaded" }>>({
    kind: "loaded",
    state: block.pid === undefined ? (failed ? "failed" : "stopped") : "running",
    rawState: "listed",
    pid: block.pid,
    lastEnd: block.lastEnd,
    keepAlive: block.onDemand === false ? "always" : undefined,
    argv: block.argv.length > 0 ? block.argv : block.program === undefined ? undefined : [block.program],
    stdoutPath: block.stdoutPath,
    stderrPath: block.stderrPath,
  });
}

/** Details repeat one line of the error text at most: a whole print block may hold environment values. */
function explainFailure(outcome: CommandOutcome): Look {
  if (outcome.kind === "exited") {
    const failure = readLaunchctlFailure(outcome.exitCode, outcome.stderr);
    if (failure.kind === "no-such-service") return { kind: "absent" };
    const said = outcome.stderr.trim().split("\n").at(-1)?.slice(0, 160) || launchctlMeaning(outcome.exitCode);
    return { kind: "unknown", reason: failure.reason, detail: `launchctl: ${said}` };
  }
  if (outcome.kind === "not-found" || outcome.kind === "not-executable")
    return { kind: "unknown", reason: "no-manager", detail: outcome.reason };
  const timedOut = outcome.kind === "timed-out" || outcome.kind === "cancelled";
  return { kind: "unknown", reason: timedOut ? "timed-out" : "unreadable", detail: `launchctl did not answer (${outcome.kind}).` };
}
