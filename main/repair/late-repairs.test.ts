import { expect, it } from "vitest";
import { emptyWorld } from "../../tests/support/empty-world.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import { worldPorts } from "../hosts/demo-ports.ts";
import { LateRepairs } from "./late-repairs.ts";

function repairs(canAct = true) {
  const clock = manualClock();
  const { acting, ...ports } = worldPorts(() => emptyWorld, { clock });
  if (acting === undefined) throw new Error("an invented world can be acted on");
  const forgotten: number[] = [];
  const changes = {
    ...acting.changes,
    forget: async (beforeMs: number) => {
      forgotten.push(beforeMs);
      throw new Error("the disk is full");
    },
  };
  const late = new LateRepairs({
    ports: canAct ? { ...ports, acting: { ...acting, changes } } : ports,
    watching: true,
    sites: () => [],
    clean: (value) => value,
    tell: () => {},
  });
  return { clock, late, forgotten };
}

it("is one for everybody who asks, also at the same time", async () => {
  const { late } = repairs();
  const [one, other] = await Promise.all([late.whole(), late.whole()]);
  expect(other).toBe(one);
  expect((await one.list()).running).toEqual([]);
  await late.stop();
});

it("lets go of what is older than 60 days, and outlives that it cannot", async () => {
  const { clock, late, forgotten } = repairs();
  await late.tidy();
  expect(forgotten).toEqual([clock.nowMs() - 60 * 86_400_000]);
});

it("says so where nothing can be repaired, and lists nothing", async () => {
  const { late } = repairs(false);
  const whole = await late.whole();
  expect(() => whole.runs).toThrow("Nothing can be repaired from here.");
  expect(await whole.list()).toEqual({ running: [], interrupted: [], ended: [], intents: [] });
  await late.tidy();
  await late.stop();
});
