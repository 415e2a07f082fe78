import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { App, AppOptions } from "../../app.ts";
import type { Stack } from "../../core/model/stack.ts";
import type { Scenario } from "../../core/model/world.ts";
import type { Surroundings } from "./call.ts";
import { runDir } from "./run-dir.ts";

/** Looked up from the bundle in `out/cli` and from this source file. */
function readVersion(): string {
  for (const place of ["../../package.json", "../../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as Record<string, unknown>;
      if (name === "lamplighter" && typeof version === "string") return version;
    } catch {
      // Not there: the other place has it.
    }
  }
  return "unknown";
}

const loadStacks = async (): Promise<readonly Stack[]> => (await import("../../catalog/stacks/index.ts")).stacks;

async function makeApp(options: Omit<AppOptions, "stacks">): Promise<App> {
  const [{ createApp }, stacks] = await Promise.all([import("../../app.ts"), loadStacks()]);
  return createApp({ ...options, stacks });
}

/** An app in the invented world of a scenario, which starts now and moves with real time. */
export async function openDemoApp(scenario: Scenario): Promise<App> {
  const { worldPorts } = await import("../demo-ports.ts");
  const startMs = Date.now();
  return makeApp({ ports: worldPorts(() => scenario.world(Date.now() - startMs, startMs)), mode: "watch", demo: scenario.id });
}

/** This machine. Everything heavy is loaded when a verb first asks for it. */
export function realSurroundings(env: Readonly<Record<string, string | undefined>>): Surroundings {
  return {
    get version() {
      return readVersion();
    },
    stacks: loadStacks,
    async openApp({ mode, only }) {
      const { realPorts } = await import("../ports.ts");
      return makeApp({ ports: realPorts(), mode, ...(only === undefined ? {} : { only }) });
    },
    openDemoApp,
    runDir: () => runDir({ platform: process.platform, home: homedir(), env }),
    isRemote: (env["SSH_CONNECTION"] ?? "") !== "",
  };
}
