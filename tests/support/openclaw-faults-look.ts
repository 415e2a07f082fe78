import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { type App, createApp } from "../../main/app.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { Finding } from "../../main/core/model/finding.ts";
import { type Light, worst } from "../../main/core/model/light.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import type { World } from "../../main/core/model/world.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import type { Fault } from "./openclaw-faults-kind.ts";
import { build, type Draft, invent, type Platform } from "./openclaw-faults-world.ts";

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

/** A gateway that is watched for a while. */
export type Watched = {
  /** Lets so much time pass, with everything that happens in it. */
  pass(ms: number): Promise<void>;
  state(): Promise<StackState>;
  /** Codes of everything that was said since the beginning, with the worst light each had; notes left out. */
  readonly complaints: ReadonlyMap<string, Light>;
  readonly lights: ReadonlySet<Light>;
};

type Story = (draft: Draft, elapsedMs: number) => void;

/**
 * Watches a gateway to which `story` happens, with a clock moved by hand. The outside is made anew for every `grainMs`;
 * `files.watch` looks five times a second, which a long story does without; `visible` is whether somebody looks at the lamps.
 */
export async function watchWith(
  story: Story,
  platform: Platform,
  use: (watched: Watched) => Promise<void>,
  { grainMs = 1_000, watchFiles = true, visible = true, startedMs = startMs - 6 * HOUR } = {},
): Promise<void> {
  const clock = manualClock(startMs);
  let made: { readonly at: number; readonly world: World } | undefined;
  const worldNow = (): World => {
    const at = Math.floor(clock.nowMs() / grainMs) * grainMs;
    if (made?.at !== at) made = { at, world: worldWith([{ apply: (draft) => story(draft, at - startMs) }], platform, at, startedMs) };
    return made.world;
  };
  const ports = worldPorts(worldNow, { clock });
  const quiet = { ...ports, files: { ...ports.files, watch: () => () => {} } };
  const app = createApp({ ports: watchFiles ? ports : quiet, stacks: [openclaw], mode: "watch" });
  const complaints = new Map<string, Light>();
  const lights = new Set<Light>();
  app.on("snapshotChanged", ({ stacks }) => {
    for (const { findings, light } of stacks) {
      lights.add(light);
      for (const one of findings)
        if (one.light !== "green") complaints.set(one.code, worst([one.light, complaints.get(one.code) ?? "green"]));
    }
  });
  try {
    await running(clock, app.start());
    await app.handlers.setAttention({ visible });
    await use({ pass: (ms) => clock.advance(ms), state: () => ownState(app), complaints, lights });
  } finally {
    await app.stop();
  }
}
