import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { createApp } from "../../main/app.ts";
import type { Verdict } from "../../main/core/model/observation.ts";
import type { Stack } from "../../main/core/model/stack.ts";
import type { ProbeContext } from "../../main/core/ports/index.ts";
import { green, puppet, red, tinyPorts, tinyStack } from "../support/tiny-stack.ts";

/** An app that asks one check, and a clock with which its machine becomes too busy to run it. */
function begin(mode: "once" | "watch", stack: (check: ReturnType<typeof puppet>) => Stack = (one) => tinyStack("aa", [one.check])) {
  const clock = manualClock();
  const one = puppet("one", { timeoutMs: 1_000, everyMs: 15_000 });
  const app = createApp({ ports: tinyPorts(clock), stacks: [stack(one)], mode });
  return { clock, one, app, light: async () => (await app.handlers.getSnapshot({})).light };
}

/** What a careful protocol does: gives the other side 800 ms, and calls it red when nothing came. The answer takes `answerMs`. */
const patient =
  (answerMs: number) =>
  async ({ ports }: ProbeContext): Promise<Verdict> => {
    const heard = new AbortController();
    const answer = ports.clock.sleep(answerMs, heard.signal).then(() => green);
    const silence = ports.clock.sleep(800, heard.signal).then(() => red("aa.part.broken"));
    const verdict = await Promise.race([answer, silence]);
    heard.abort();
    return verdict;
  };

describe("a single look on a machine that is too busy to run it", () => {
  it("still brings the true answer, because who asked waits as long as was lost", async () => {
    const { app, clock, one } = begin("once");
    one.act(patient(300));
    void app.start({ settleMs: 1_500 });
    await clock.advance(50);
    clock.lag(900);
    const asked = app.handlers.getSnapshot({});
    await clock.advance(400);
    expect(await asked).toMatchObject({ light: "green", settling: false });
  });

  it("is grey with the reason, never amber or red, when not even that is enough", async () => {
    const { app, clock, one } = begin("once");
    one.act(patient(60_000));
    void app.start({ settleMs: 1_500 });
    for (let i = 0; i < 6; i += 1) {
      await clock.advance(0);
      clock.lag(700);
    }
    await clock.advance(0);
    const { light, sentence, stacks } = await app.handlers.getSnapshot({});
    expect(light).toBe("grey");
    expect(sentence).toMatch(/^AA, one: this machine was too busy to look/);
    expect(stacks[0]?.checks[0]?.summary).toMatch(/^This machine was too busy to look: our own timers ran \d+ ms late$/);
  });

  it("says so even when the stack could not be looked for in time", async () => {
    const { app, clock } = begin("once", (one) => ({ ...tinyStack("aa", [one.check]), locate: () => new Promise(() => {}) }));
    void app.start({ settleMs: 1_500 });
    await clock.advance(0);
    clock.lag(4_000);
    await clock.advance(0);
    const { light, sentence } = await app.handlers.getSnapshot({});
    expect([light, sentence]).toEqual(["grey", "This machine was too busy to look: our own timers ran 3930 ms late"]);
  });

  it("keeps a definite answer, however late it was read", async () => {
    const { app, clock, one } = begin("once");
    one.act(async ({ ports }) => {
      await ports.clock.sleep(200);
      return red("aa.part.broken");
    });
    void app.start({ settleMs: 1_500 });
    await clock.advance(50);
    clock.lag(900);
    await clock.advance(300);
    expect(await app.handlers.getSnapshot({})).toMatchObject({ light: "red", sentence: "Title of aa.part.broken" });
  });

  it("calls silence what is silence, as soon as ever, on a calm machine", async () => {
    const { app, clock, one, light } = begin("once");
    one.act(patient(60_000));
    void app.start({ settleMs: 1_500 });
    await clock.advance(800);
    expect(await light()).toBe("red");
  });
});

describe("watching on a machine that is too busy for it", () => {
  it("is grey by its own fault, looks again soon, and believes the next answer", async () => {
    const { app, clock, one, light } = begin("watch");
    one.act(patient(60_000));
    void app.start();
    for (let i = 0; i < 6; i += 1) {
      await clock.advance(0);
      clock.lag(400);
    }
    one.act(green);
    await clock.advance(0);
    expect(await light()).toBe("grey");
    const looks = one.starts.length;
    await clock.advance(15_000);
    expect(one.starts.length).toBeGreaterThan(looks);
    expect(await light()).toBe("green");
    await app.stop();
  });
});
