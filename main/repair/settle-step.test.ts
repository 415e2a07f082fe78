import { describe, expect, it } from "vitest";
import { newDisk } from "../../tests/support/acting-double.ts";
import { command, LABEL, planned, relayOn, repairRig, restart, start, write } from "../../tests/support/repair-rig.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import type { PlannedEffect } from "../core/model/plan.ts";

type Rig = Awaited<ReturnType<typeof repairRig>>;

/** Begins a plan, lets its second step hang, ends the process there, and opens the next one. */
async function cutOffAt(second: PlannedEffect, meanwhile: (rig: Rig) => void = () => {}): Promise<{ rig: Rig; id: string }> {
  const clock = manualClock();
  const relay = relayOn(newDisk({ "/home/sam/.pigeon/config.json": "old" }));
  const hang = new Promise<never>(() => {});
  const first = await repairRig({ clock, relay, effects: [write("new"), second, command(["pigeon", "after"])] });
  relay.run = () => hang;
  relay.acts = () => {
    throw new Error("killed here");
  };
  const { id } = await first.begin();
  await clock.advance(1_000);
  // A killed process lets nothing end: its record stays at the step under way, and its locks belong to nobody.
  relay.disk.held.clear();
  meanwhile(first);
  delete relay.acts;
  relay.run = async () => ({});
  relay.done.length = 0;
  const rig = await repairRig({ clock, relay, pid: 4_343 });
  return { rig, id };
}

const finish = async ({ rig, id }: { rig: Rig; id: string }) => {
  await rig.wait(rig.app.handlers.resumeRepair({ id, how: "finish" }));
  return rig.settled(id);
};

const stepTwo = (risk: PlannedEffect["risk"]): PlannedEffect => ({ ...command(["pigeon", "mend"]), risk });

describe("a step that was begun when its process ended", () => {
  it("is done again when that does no harm", async () => {
    const cut = await cutOffAt(stepTwo("safe"));
    expect((await finish(cut)).steps.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(cut.rig.relay.done).toEqual(["pigeon mend", "pigeon after"]);
    await cut.rig.wait(cut.rig.app.stop());
  });

  it.each([
    ["done", ["pigeon mend", "pigeon after"], "done"],
    ["skip", ["pigeon after"], "skipped"],
    ["stop", [], "cancelled"],
  ] as const)("is done again only if a person says so when it changes something: %s", async (answer, done, state) => {
    const cut = await cutOffAt(stepTwo("disruptive"));
    const asking = await finish(cut);
    expect(asking).toMatchObject({
      state: "asking",
      question: { kind: "confirm", step: 1, text: expect.stringContaining("Do it again?") },
    });
    await cut.rig.wait(cut.rig.app.handlers.answerRepair({ id: cut.id, answer }));
    expect((await cut.rig.settled(cut.id)).steps[1]?.state).toBe(state);
    expect(cut.rig.relay.done).toEqual(done);
    await cut.rig.wait(cut.rig.app.stop());
  });

  it("is asked again when it was a question that nobody had answered", async () => {
    const cut = await cutOffAt(planned({ do: "ask-person", instruction: "Feed them." }));
    expect(await finish(cut)).toMatchObject({ state: "asking", question: { kind: "do", text: "Feed them." } });
    await cut.rig.wait(cut.rig.app.stop());
  });
});

/** The same for a restart, whose process ends after it asked the manager and before it heard anything. */
async function restartCutOff(effect: PlannedEffect, happened: boolean): Promise<{ rig: Rig; id: string }> {
  const clock = manualClock();
  const relay = relayOn(newDisk({}));
  let killed: (() => void) | undefined;
  const first = await repairRig({
    clock,
    relay,
    effects: [effect],
    acting: {
      control: {
        commands: async () => [],
        lastLines: async () => [],
        act: () =>
          new Promise((resolve) => {
            killed = () => resolve({ kind: "cancelled", detail: "" });
            if (!happened) return;
            relay.isUp = true;
            relay.sinceMs = clock.nowMs();
          }),
      },
    },
  });
  const { id } = await first.begin();
  await clock.advance(1_000);
  const left = new Map(relay.disk.state);
  const stopping = first.app.stop();
  killed?.();
  await first.wait(stopping);
  relay.disk.state.clear();
  for (const [key, value] of left) relay.disk.state.set(key, value);
  const rig = await repairRig({ clock, relay, pid: 4_343 });
  return { rig, id };
}

describe("a restart that was asked for when the process ended", () => {
  it("is not repeated when the unit runs since then", async () => {
    const cut = await restartCutOff(restart, true);
    const run = await finish(cut);
    expect(run).toMatchObject({
      outcome: "verified",
      steps: [{ state: "done", detail: expect.stringContaining("service unit shows it") }],
    });
    expect(cut.rig.relay.done).toEqual([]);
    await cut.rig.wait(cut.rig.app.stop());
  });

  it("is carried out when it never happened", async () => {
    const cut = await restartCutOff(start, false);
    expect((await finish(cut)).outcome).toBe("verified");
    expect(cut.rig.relay.done).toEqual([`start ${LABEL}`]);
    await cut.rig.wait(cut.rig.app.stop());
  });
});
