import type { App, AppOptions } from "../app.ts";
import type { Stack } from "../core/model/stack.ts";
import type { Scenario } from "../core/model/world.ts";

/** The catalogue is loaded when a front first needs it, so that help and version answer at once. */
export const loadStacks = async (): Promise<readonly Stack[]> => (await import("../catalog/stacks/index.ts")).stacks;

export async function makeApp(options: Omit<AppOptions, "stacks">): Promise<App> {
  const [{ createApp }, stacks] = await Promise.all([import("../app.ts"), loadStacks()]);
  return createApp({ ...options, stacks });
}

/** An app in the invented world of a scenario, which starts now and moves with real time. */
export async function openDemoApp(scenario: Scenario): Promise<App> {
  const { worldPorts } = await import("./demo-ports.ts");
  const startMs = Date.now();
  return makeApp({ ports: worldPorts(() => scenario.world(Date.now() - startMs, startMs)), mode: "watch", demo: scenario.id });
}
