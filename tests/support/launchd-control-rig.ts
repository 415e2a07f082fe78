import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceControlRig } from "../../main/adapters/service-manager/control-suite.ts";
import type { CommandRunner } from "../../main/core/ports/command-runner.ts";
import type { ServiceControl } from "../../main/core/ports/service-control.ts";
import type { ServiceManager } from "../../main/core/ports/service-manager.ts";
import type { launchdJobs } from "./launchd-rig.ts";

const changing = ["bootstrap", "bootout", "kickstart", "enable", "disable", "load", "unload", "kill", "remove"];

/** Passes everything on and remembers what changes something. */
export function rememberingRunner(commands: CommandRunner) {
  const ran: (readonly string[])[] = [];
  const runner: CommandRunner = {
    ...commands,
    run: (request) => {
      if (changing.includes(request.args[0] ?? "")) ran.push([request.file, ...request.args]);
      return commands.run(request);
    },
  };
  return { runner, ran };
}

type Needs = {
  readonly jobs: ReturnType<typeof launchdJobs>;
  readonly control: ServiceControl;
  readonly manager: ServiceManager;
  readonly unreachable: ServiceControl;
  readonly ran: readonly (readonly string[])[];
  /** Where jobs may write their logs. */
  readonly logs: string;
};

const lasting = "while :; do sleep 5; done";

/** A new job for every question, so that none finds what another left. */
export function launchdControlRig({ jobs, logs, ran, ...sides }: Needs): ServiceControlRig {
  let made = 0;
  const next = (kind: string) => `${kind}-${++made}`;
  return {
    ...sides,
    ran: () => ran,
    lastWords: "lamp-last-words",
    async running() {
      const label = await jobs.load(next("runs"), lasting, { RunAtLoad: true, KeepAlive: true, ThrottleInterval: 1 });
      for (const until = performance.now() + 15_000; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
        const reading = await sides.manager.read(label);
        if (reading.kind === "loaded" && reading.state === "running") return label;
      }
      throw new Error(`${label} does not run`);
    },
    stopped: () => jobs.load(next("stopped"), lasting, { ThrottleInterval: 1 }),
    unloaded: async () => jobs.define(next("unloaded"), lasting, { RunAtLoad: true }),
    failing: () => {
      const kind = next("failing");
      return jobs.load(kind, "echo lamp-last-words; exit 3", { ThrottleInterval: 1, StandardOutPath: join(logs, `${kind}.log`) });
    },
    async redefine(label, word) {
      const path = jobs.pathOf(label);
      writeFileSync(path, readFileSync(path, "utf8").replace("</array>", `<string>${word}</string></array>`));
    },
  };
}
