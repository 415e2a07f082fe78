import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tinyPorts } from "../tests/support/tiny-stack.ts";
import { manualClock } from "./adapters/clock/manual-clock.ts";
import { check, defineProbe } from "./core/model/check.ts";
import type { ProbeContext } from "./core/ports/index.ts";
import { runCheck } from "./prober.ts";

function begin(observe: (context: ProbeContext) => Promise<string>, timeoutMs = 1_000) {
  const clock = manualClock();
  const probe = defineProbe({
    type: "x",
    options: z.object({}),
    observe: (_o, context) => observe(context),
    judge: (_o, seen: string) => ({ light: "green", summary: seen }),
  });
  const context = { ports: tinyPorts(clock), learnSecret: () => {}, nudge: () => {}, progress: () => {} };
  return { clock, run: runCheck(check({ id: "one", title: "One" }, probe, {}), context, clock, timeoutMs) };
}

describe("running one check", () => {
  it("brings back what was seen and how long it took", async () => {
    const { clock, run } = begin(async ({ ports }) => {
      await ports.clock.sleep(250);
      return "hello";
    });
    await clock.advance(300);
    expect(await run.outcome).toEqual({ kind: "answered", seen: "hello", durationMs: 250 });
  });

  it("makes trouble of a throw, also one before the first await, in one line", async () => {
    const { run } = begin(() => {
      throw new Error("first line\nsecond line");
    });
    expect(await run.outcome).toMatchObject({ kind: "trouble", reason: "Could not look: first line" });
  });

  it("tells at the time-out, aborts the probe, and settles only when the probe has ended", async () => {
    let ended = false;
    let aborted = false;
    const { clock, run } = begin(async ({ signal, ports }) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      await ports.clock.sleep(5_000);
      return "late";
    });
    void run.settled.then(() => {
      ended = true;
    });
    await clock.advance(1_000);
    expect(await run.outcome).toMatchObject({ kind: "trouble", reason: "Did not answer within 1000 ms" });
    expect([aborted, ended]).toEqual([true, false]);
    await clock.advance(5_000);
    expect(ended).toBe(true);
  });

  it("ends when cancelled, with the given kind", async () => {
    const { run } = begin(() => new Promise(() => {}));
    run.cancel("discarded", "slept");
    expect(await run.outcome).toMatchObject({ kind: "discarded", reason: "slept" });
  });
});

describe("running one check on a machine that is too busy for us", () => {
  /** Answers after so long, as the other side would, whether or not we can listen. */
  const answering =
    (afterMs: number) =>
    async ({ ports }: ProbeContext) => {
      await ports.clock.sleep(afterMs);
      return "hello";
    };

  it("still hears the true answer", async () => {
    const { clock, run } = begin(answering(300));
    clock.lag(900);
    await clock.advance(400);
    expect(await run.outcome).toMatchObject({ kind: "answered", seen: "hello" });
    const late = begin(answering(300));
    late.clock.lag(1_500);
    await late.clock.advance(400);
    expect(await late.run.outcome).toMatchObject({ kind: "answered" });
  });

  it("blames itself when it gives up, within twice the time-out", async () => {
    const { clock, run } = begin(() => new Promise(() => {}));
    clock.lag(970);
    await clock.advance(929);
    const early = await Promise.race([run.outcome, "waiting"]);
    expect(early).toBe("waiting");
    await clock.advance(1);
    expect(await run.outcome).toMatchObject({
      kind: "trouble",
      reason: "This machine was too busy to look: our own timers ran 900 ms late",
      durationMs: 1_900,
    });
  });

  it("never takes longer than twice the time-out, however late it is", async () => {
    const { clock, run } = begin(() => new Promise(() => {}));
    for (let i = 0; i < 40; i += 1) {
      clock.lag(500);
      await clock.advance(0);
    }
    expect(await run.outcome).toMatchObject({ kind: "trouble", durationMs: 2_000 });
  });

  it("blames the other side when it was late only a little", async () => {
    const { clock, run } = begin(() => new Promise(() => {}));
    clock.lag(250);
    await clock.advance(2_000);
    expect(await run.outcome).toMatchObject({ reason: "Did not answer within 1000 ms", durationMs: 1_180 });
  });
});
