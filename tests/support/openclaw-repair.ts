import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { createApp } from "../../main/app.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import type { World } from "../../main/core/model/world.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import { ownState, running, startMs } from "./openclaw-faults-look.ts";
import { build, type Draft, invent, type Platform } from "./openclaw-faults-world.ts";

const HOUR = 3_600_000;

/** The same moment with other things in it: what an invented system becomes once its unit was started anew. */
export function worldOf(platform: Platform, change: (draft: Draft) => void = () => {}): World {
  const draft = invent(platform, { nowMs: startMs, startedMs: startMs - 6 * HOUR });
  change(draft);
  return build(draft);
}

export type Repaired = {
  readonly before: StackState;
  readonly plan: Plan;
  readonly run: RepairRun;
  readonly after: StackState;
  readonly told: string;
};

/**
 * Looks at an invented gateway, runs one plan of one finding to its end with every question answered by yes, and looks again. The first
 * start of its unit makes `healed` true.
 */
export async function repairIn(world: World, label: string, healed: Partial<World>, code: string, remedy: string): Promise<Repaired> {
  const clock = manualClock(startMs);
  // Programs of an invented world take their time on the machine's own clock.
  const commands = world.commands.map((one) => ({ ...one, takesMs: 0 }));
  const ports = worldPorts(() => ({ ...world, commands, afterStart: { [label]: healed } }), { clock });
  const app = createApp({ ports, stacks: [openclaw], mode: "once" });
  const told: string[] = [];
  app.on("repairProgress", (run) => told.push(JSON.stringify(run)));
  const wait = <T>(call: Promise<T>): Promise<T> => running(clock, call);
  try {
    await wait(app.start());
    const before = await ownState(app);
    const plan = await wait(app.handlers.previewPlan({ stack: "openclaw", code, remedy }));
    let run = await wait(app.handlers.startRepair({ stack: "openclaw", code, remedy, confirmed: "twice" }));
    for (let steps = 0; steps < 3_000 && run.state !== "ended"; steps += 1) {
      if (run.state === "asking") await wait(app.handlers.answerRepair({ id: run.id, answer: "done" }));
      await clock.advance(500);
      run = await wait(app.handlers.getRepair({ id: run.id, waitMs: 0 }));
    }
    return { before, plan, run, after: await ownState(app), told: told.join("\n") };
  } finally {
    await wait(app.stop());
  }
}
