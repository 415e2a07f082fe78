import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tinyPorts } from "../tests/support/tiny-stack.ts";
import { manualClock } from "./adapters/clock/manual-clock.ts";
import { check, defineProbe } from "./core/model/check.ts";
import type { ProbeContext } from "./core/ports/index.ts";
import { runCheck } from "./prober.ts";

function begin(observe: (context: ProbeContext) => Promise<string>, timeoutMs = 1_000, wallMs = timeoutMs * 2) {
  const clock = manualClock();
  const probe = defineProbe({
    type: "x",
    options: z.object({}),
    observe: (_o, context) => observe(context),
    judge: (_o, seen: string) => ({ light: "green", summary: seen }),
  });
  const context = { ports: tinyPorts(clock), learnSecret: () => {}, nudge: () => {}, progress: () => {} };
  return { clock, run: runCheck(check({ id: "one", title: "One" }, probe, {}), context, clock, { timeoutMs, wallMs }) };
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
