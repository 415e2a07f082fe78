import type { CommandOutcome, CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { explainFailure, type Look, readListed } from "./launchctl-answer.ts";
import { launchdReading } from "./launchd-reading.ts";
import { parsePrint } from "./parse-print.ts";
import { parsePrintDisabled } from "./parse-print-disabled.ts";
import { launchdFolders, type PlistDefinition, type PlistDefinitions, type PlistFolder, plistDefinitions } from "./plist-definitions.ts";
import { plistDrift } from "./plist-drift.ts";
import { type DefinitionFault, plistFaults, sessionTypes } from "./plist-faults.ts";
import { placeFaults } from "./plist-place-faults.ts";
import { throttleWatch } from "./throttle-watch.ts";

export type LaunchctlOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly launchctl?: string;
  readonly folders?: readonly PlistFolder[];
  /** Milliseconds that never jump, for telling how long a waiting job has waited (default: this process's). */
  readonly monotonicMs?: () => number;
};

/** A job with where it lives: `gui/501`, `user/501` or `system`. */
export type LaunchdJob = {
  readonly domain: string;
  readonly reading: ServiceReading;
  readonly definition: PlistDefinition | null;
};

/** A slash would ask about another domain, and a dash at the start would be an option. */
export const isLabel = (label: string): boolean => label.length <= 255 && /^[A-Za-z0-9._@][A-Za-z0-9._@-]*$/.test(label);

export type LaunchctlJobs = {
  readonly definitions: PlistDefinitions;
  /** Runs launchctl with these words. */
  ask(args: readonly string[], timeoutMs?: number, signal?: AbortSignal): Promise<CommandOutcome>;
  at(label: string, timeoutMs?: number): Promise<LaunchdJob>;
  faultsOf(definition: PlistDefinition): Promise<readonly DefinitionFault[]>;
};

/** Reads jobs through `launchctl`, and their definitions from disk. The account's graphical session comes first. */
export function launchctlJobs(options: LaunchctlOptions): LaunchctlJobs {
  const { commands, environment, files, launchctl = "/bin/launchctl" } = options;
  const definitions = plistDefinitions({ files, folders: options.folders ?? launchdFolders(environment.home) });
  const [gui, background] = [`gui/${environment.uid}`, `user/${environment.uid}`];
  const nextTry = throttleWatch(options.monotonicMs ?? (() => performance.now()));
  const ask: LaunchctlJobs["ask"] = (args, timeoutMs = 3000, signal = undefined) =>
    commands.run({ file: launchctl, args, timeoutMs, ...(signal ? { signal } : {}) });

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

  const faultsOf = async (definition: PlistDefinition) => [
    ...plistFaults(definition),
    ...(await placeFaults(definition, files, environment)),
  ];

  /** A loaded job with what its definition on disk adds. */
  const told = async (domain: string, label: string, reading: ServiceReading): Promise<LaunchdJob> => {
    if (reading.kind !== "loaded") return { domain, reading, definition: await definitions.labelled(label) };
    const path = reading.definitionPath;
    const definition = path === undefined ? await definitions.labelled(label) : await definitions.at(path);
    const faults = definition ? (await faultsOf(definition)).map(({ words }) => words) : [];
    const drift = definition && reading.rawState !== "listed" ? plistDrift(definition, reading) : [];
    const nextTryMs = nextTry(`${domain}/${label}`, reading);
    const more = {
      ...(nextTryMs === undefined ? {} : { nextTryMs }),
      ...(drift.length === 0 ? {} : { drift }),
      ...(faults.length === 0 ? {} : { definitionFaults: faults }),
    };
    return { domain, definition, reading: { ...reading, ...more } };
  };

  const whenAbsent = async (label: string, session: string, timeoutMs?: number): Promise<LaunchdJob> => {
    const definition = await definitions.labelled(label);
    if (!definition) return { domain: session, reading: { kind: "not-installed" }, definition };
    const domain = definition.scope === "system" ? "system" : session;
    const seen = definition.scope === "system" ? await look(domain, label, timeoutMs) : { kind: "absent" as const };
    if (seen.kind !== "absent") return told(domain, label, seen);
    const [disabled, faults] = [(await disabledIn(domain, timeoutMs))?.get(label) ?? false, await faultsOf(definition)];
    const refusal = faults.find(({ refuses }) => refuses)?.words;
    const more = {
      ...(refusal === undefined ? {} : { refusal }),
      ...(faults.length === 0 ? {} : { definitionFaults: faults.map(({ words }) => words) }),
    };
    return { domain, definition, reading: { kind: "not-loaded", definitionPath: definition.path, disabled, ...more } };
  };

  return {
    definitions,
    ask,
    faultsOf,
    async at(label, timeoutMs) {
      if (!isLabel(label)) {
        const reading: ServiceReading = { kind: "unknown", reason: "unreadable", detail: "This is not a label of a service unit." };
        return { domain: gui, reading, definition: null };
      }
      const seen = await look(gui, label, timeoutMs);
      const noSession = seen.kind === "unknown" && seen.reason === "no-session";
      if (seen.kind !== "absent" && !noSession) return told(gui, label, seen);
      // A job can live in the account's background domain, with a graphical session or without one, or be the machine's own.
      const other = await look(background, label, timeoutMs);
      if (other.kind === "loaded") return told(background, label, other);
      if (seen.kind === "absent") return whenAbsent(label, gui, timeoutMs);
      const definition = await definitions.labelled(label);
      if (definition?.scope === "system") return whenAbsent(label, gui, timeoutMs);
      const isBackground = other.kind === "absent" && definition?.dict && sessionTypes(definition.dict).includes("Background");
      return isBackground ? whenAbsent(label, background, timeoutMs) : { domain: gui, reading: seen, definition };
    },
  };
}
