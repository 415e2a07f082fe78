import type { ServiceManager } from "../../core/ports/service-manager.ts";
import { isLabel, type LaunchctlOptions, launchctlJobs } from "./launchctl-jobs.ts";
import { parseListTable } from "./parse-list.ts";
import { printedEnvironmentValue } from "./parse-print.ts";

/** Reads launchd through `launchctl` and definitions from disk, and never changes anything. */
export function launchctlServiceManager(options: LaunchctlOptions): ServiceManager {
  const { ask, at, definitions } = launchctlJobs(options);
  return {
    kind: "launchd",
    read: async (label, { timeoutMs } = {}) => (await at(label, timeoutMs)).reading,

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
      if (!isLabel(label)) return null;
      const printed = await ask(["print", `gui/${options.environment.uid}/${label}`]);
      return "stdout" in printed ? printedEnvironmentValue(printed.stdout, name) : null;
    },

    linger: async () => "not-applicable",
  };
}
