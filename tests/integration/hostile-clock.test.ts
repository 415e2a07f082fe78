import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { createApp } from "../../main/app.ts";
import { green, puppet, red, tinyPorts, tinyStack } from "../support/tiny-stack.ts";

const HOUR = 3_600_000;

async function watched() {
  const clock = manualClock();
  const one = puppet("one", { everyMs: 5_000 });
  const app = createApp({ ports: tinyPorts(clock), stacks: [tinyStack("aa", [one.check])], mode: "watch" });
  void app.start();
  await clock.advance(12_000);
  const light = async () => (await app.handlers.getSnapshot({})).light;
  return { clock, one, app, light };
}

describe.each([
  ["an hour back", -HOUR],
  ["ten years back", -10 * 365 * 24 * HOUR],
  ["an hour forward", HOUR],
  ["ten years forward", 10 * 365 * 24 * HOUR],
])("a clock that jumps %s", (_, ms) => {
  it("does not keep an old answer alive: what breaks afterwards is seen as soon as ever", async () => {
    const { clock, one, light } = await watched();
    expect(await light()).toBe("green");
    clock.jump(ms);
    one.act(red("aa.part.broken"));
    await clock.advance(30_000);
    expect(await light()).toBe("red");
  });

  it("does not hold on to a trouble that is over", async () => {
    const { clock, one, light } = await watched();
    one.act(red("aa.part.broken"));
    await clock.advance(30_000);
    expect(await light()).toBe("red");
    clock.jump(ms);
    one.act(green);
    await clock.advance(30_000);
    expect(await light()).toBe("green");
  });

  it("neither floods the probes with questions nor stops asking", async () => {
    const { clock, one } = await watched();
    const before = one.starts.length;
    clock.jump(ms);
    await clock.advance(60_000);
    expect(one.starts.length - before).toBeGreaterThanOrEqual(6);
    expect(one.starts.length - before).toBeLessThanOrEqual(20);
  });

  it("tells no age below zero and no time that is not now", async () => {
    const { clock, app } = await watched();
    clock.jump(ms);
    const ages = (await app.handlers.getSnapshot({})).stacks.flatMap((stack) => stack.checks.map((check) => check.ageMs ?? 0));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    await clock.advance(30_000);
    expect(JSON.stringify(await app.handlers.getSnapshot({}))).not.toMatch(/NaN|Infinity|Invalid/);
  });
});

it("a clock that jumps to and fro all the time leaves the light honest", async () => {
  const { clock, one, light } = await watched();
  for (let i = 0; i < 40; i += 1) {
    clock.jump(i % 2 === 0 ? HOUR : -HOUR);
    await clock.advance(1_000);
    expect(["green", "grey"]).toContain(await light());
  }
  one.act(red("aa.part.broken"));
  for (let i = 0; i < 40; i += 1) {
    clock.jump(i % 2 === 0 ? -HOUR : HOUR);
    await clock.advance(1_000);
  }
  expect(await light()).not.toBe("green");
});

it("a stack that is installed after the clock was set back is still found", async () => {
  const clock = manualClock();
  let there = false;
  const one = puppet("one");
  const stack = { ...tinyStack("aa", []), locate: async () => (there ? { checks: [one.check], remedies: [], diagnose: () => [] } : null) };
  const app = createApp({ ports: tinyPorts(clock), stacks: [stack], mode: "watch" });
  void app.start();
  await clock.advance(1_000);
  clock.jump(-HOUR);
  there = true;
  await clock.advance(60_000);
  expect((await app.handlers.getSnapshot({})).light).toBe("green");
});
