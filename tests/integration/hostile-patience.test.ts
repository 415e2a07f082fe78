import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { createApp } from "../../main/app.ts";
import type { Stack } from "../../main/core/model/stack.ts";
import { puppet, tinyPorts, tinyStack } from "../support/tiny-stack.ts";

const never = (): Promise<never> => new Promise(() => {});
const hiding = (id: string): Stack => ({ ...tinyStack(id, []), locate: never });

async function looking(mode: "once" | "watch", stacks: readonly Stack[], afterMs: number, settleMs = 1_500) {
  const clock = manualClock();
  const app = createApp({ ports: tinyPorts(clock), stacks, mode });
  let started = false;
  void app.start({ settleMs }).then(() => {
    started = true;
  });
  await clock.advance(afterMs);
  const snapshot = await app.handlers.getSnapshot({});
  return { app, clock, snapshot, started, stack: (id: string) => snapshot.stacks.find((one) => one.id === id) };
}

describe.each(["once", "watch"] as const)("a stack that is never found, in mode %s", (mode) => {
  it("holds up no other, and is not called absent", async () => {
    const { snapshot, stack } = await looking(mode, [hiding("aa"), tinyStack("bb", [puppet("one").check])], 1_500);
    expect(stack("bb")).toMatchObject({ light: "green" });
    expect(stack("aa")).toMatchObject({ light: "grey", sentence: "Looking for AA…" });
    expect(snapshot.settling).toBe(true);
  });

  it("is told after five seconds", async () => {
    const { stack } = await looking(mode, [hiding("aa")], 5_500);
    expect(stack("aa")?.sentence).toBe("Could not look for AA: looking for it took longer than 5 s");
  });
});

describe("a stack that asks at every look to be looked for again", () => {
  it("is searched at most once a second, and its checks still answer", async () => {
    const clock = manualClock();
    let searches = 0;
    const restless: Stack = {
      ...tinyStack("aa", []),
      locate: async () => {
        searches += 1;
        await clock.sleep(5);
        const { check } = puppet("one");
        const observe: typeof check.observe = async (context) => {
          context.nudge(["*"]);
          return check.observe(context);
        };
        return { checks: [{ ...check, observe }], remedies: [], diagnose: () => [] };
      },
    };
    const app = createApp({ ports: tinyPorts(clock), stacks: [restless], mode: "watch" });
    void app.start();
    await clock.advance(10_000);
    expect(searches).toBeGreaterThan(5);
    expect(searches).toBeLessThanOrEqual(12);
    expect((await app.handlers.getSnapshot({})).stacks[0]?.checks[0]?.light).toBe("green");
  });
});

describe("a single look with little patience", () => {
  const hung = () => {
    const one = puppet("one", { timeoutMs: 60_000 });
    one.act("hang");
    return one;
  };

  it.each([800, 1_500, 10_000])("of %i ms ends in time, and names the check that hung", async (settleMs) => {
    const { started, stack } = await looking("once", [tinyStack("aa", [hung().check, puppet("two").check])], settleMs, settleMs);
    expect(started).toBe(true);
    expect(stack("aa")).toMatchObject({ light: "grey", sentence: expect.stringMatching(/^AA, one: did not answer within \d+ ms$/) });
    expect(stack("aa")?.checks[1]?.light).toBe("green");
  });

  it("gives every check a chance, even when finding the stack took nearly all of it", async () => {
    const clock = manualClock();
    const one = puppet("one");
    const slow: Stack = {
      ...tinyStack("aa", []),
      locate: async () => {
        await clock.sleep(1_400);
        return { checks: [one.check], remedies: [], diagnose: () => [] };
      },
    };
    const app = createApp({ ports: tinyPorts(clock), stacks: [slow], mode: "once" });
    void app.start({ settleMs: 1_500 });
    await clock.advance(1_500);
    expect((await app.handlers.getSnapshot({})).light).toBe("green");
  });
});

describe("stopping", () => {
  it("while a stack is still looked for ends at once, and what is found later is not taken over", async () => {
    const clock = manualClock();
    const one = puppet("one");
    let watched = 0;
    const slow: Stack = {
      ...tinyStack("aa", []),
      locate: async () => {
        await clock.sleep(1_000);
        const watch = (): (() => void) => {
          watched += 1;
          return () => {};
        };
        return { checks: [one.check], remedies: [], diagnose: () => [], watch };
      },
    };
    const app = createApp({ ports: tinyPorts(clock), stacks: [slow], mode: "watch" });
    void app.start();
    await clock.advance(500);
    let stopped = false;
    void app.stop().then(() => {
      stopped = true;
    });
    await clock.advance(1);
    expect(stopped).toBe(true);
    await clock.advance(60_000);
    expect([one.starts.length, watched, clock.sleepers]).toEqual([0, 0, 0]);
  });
});
