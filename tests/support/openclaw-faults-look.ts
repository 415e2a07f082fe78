import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { type App, createApp } from "../../main/app.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { Finding } from "../../main/core/model/finding.ts";
import type { Light } from "../../main/core/model/light.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import type { Fault } from "./openclaw-faults-kind.ts";
import { build, invent, type Platform } from "./openclaw-faults-world.ts";

export const startMs = Date.parse("2026-11-20T18:00:00.000Z");
const HOUR = 3_600_000;

/** What one complete look found. */
export type Looked = {
  readonly light: Light;
  readonly state: StackState;
  readonly roots: readonly Finding[];
  /** Plans of the first root, in the order in which they are offered. */
  readonly plans: readonly Plan[];
  /** Everything that left the app, for searching secrets in it. */
  readonly told: string;
};

/** Lets the clock run until the promise is settled, at most a minute. */
export async function running<T>(clock: ReturnType<typeof manualClock>, promise: Promise<T>): Promise<T> {
  let over = false;
  const watched = promise.finally(() => {
    over = true;
  });
  for (let steps = 0; steps < 600 && !over; steps += 1) await clock.advance(100);
  return watched;
}

export async function ownState(app: App): Promise<StackState> {
  const { stacks } = await app.handlers.getSnapshot({});
  const state = stacks.find((stack) => stack.id === "openclaw");
  if (state === undefined) throw new Error("OpenClaw is missing from the snapshot");
  return state;
}

/** The healthy gateway with these faults in it, as it is at a moment. */
export function worldWith(faults: readonly Pick<Fault, "apply">[], platform: Platform, nowMs: number, startedMs = startMs - 6 * HOUR) {
  const draft = invent(platform, { nowMs, startedMs });
  for (const fault of faults) fault.apply(draft);
  return build(draft);
}

/** One look of the whole app at a gateway with these faults. */
export async function lookWith(faults: readonly Fault[], platform: Platform): Promise<Looked> {
  const clock = manualClock(startMs);
  const world = worldWith(faults, platform, startMs);
  const settings = Object.assign({}, ...faults.map((one) => one.settings ?? {})) as Record<string, unknown>;
  const ports = worldPorts(() => world, { clock, settings: { "stacks.openclaw": settings } });
  const app = createApp({ ports, stacks: [openclaw], mode: "once" });
  try {
    await running(clock, app.start());
    const state = await ownState(app);
    const roots = state.findings.filter((one) => one.root);
    const first = roots[0];
    const plans = await Promise.all(
      (first?.remedies ?? []).map(({ id }) => app.handlers.previewPlan({ stack: "openclaw", code: first?.code ?? "", remedy: id })),
    );
    const { text } = await app.handlers.describeForCopy({});
    const { light } = await app.handlers.getSnapshot({});
    return { light, state, roots, plans, told: JSON.stringify([state, plans]) + text };
  } finally {
    await app.stop();
  }
}
