import { describe, expect, it } from "vitest";
import type { Clock } from "../../core/ports/clock.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { awaitReading, awaitRunning, type Loaded } from "./await-unit.ts";

const loaded = (state: Loaded["state"], pid?: number, runs = 0): Loaded => ({
  kind: "loaded",
  state,
  rawState: state,
  runs,
  ...(pid === undefined ? {} : { pid }),
});

/** Readings one after the other, the last one for ever, on a clock that only sleeping moves. */
function rig(...readings: readonly ServiceReading[]) {
  let nowMs = 0;
  let asked = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
  const read = async (): Promise<ServiceReading> => readings[Math.min(asked++, readings.length - 1)] ?? { kind: "not-installed" };
  return { options: { manager: { read }, clock, unit: "u.service", patienceMs: 10_000, settleMs: 1500 }, passedMs: () => nowMs };
}

describe("awaitRunning", () => {
  it("counts a unit as running only after it kept running", async () => {
    const { options, passedMs } = rig(loaded("starting"), loaded("running", 7));
    expect(await awaitRunning(options)).toMatchObject({ kind: "runs", reading: { pid: 7 } });
    expect(passedMs()).toBeGreaterThanOrEqual(1500);
  });

  it.each<[string, readonly Loaded[]]>([
    ["fails after a moment", [loaded("running", 7), loaded("failed")]],
    ["waits for its next start", [loaded("running", 7), loaded("waiting-to-restart")]],
    ["was started again between two looks", [loaded("running", 7), loaded("running", 8, 1)]],
    ["got another process", [loaded("running", 7), loaded("running", 8)]],
  ])("does not take a unit for started that %s", async (_what, readings) => {
    expect(await awaitRunning(rig(...readings).options)).toMatchObject({ kind: "died" });
  });

  it("tells a clean end from a failure", async () => {
    expect(await awaitRunning(rig(loaded("stopped")).options)).toMatchObject({ kind: "ended" });
  });

  it("gives up in bounded time, and says what it last saw", async () => {
    const { options, passedMs } = rig(loaded("starting"));
    expect(await awaitRunning(options)).toMatchObject({ kind: "late", reading: { state: "starting" } });
    expect(passedMs()).toBeLessThanOrEqual(12_000);
    expect(await awaitRunning(rig({ kind: "unknown", reason: "no-bus", detail: "" }).options)).toMatchObject({ kind: "late" });
  });

  it("stops when it is told to", async () => {
    const { options } = rig(loaded("starting"));
    expect(await awaitRunning({ ...options, signal: AbortSignal.abort() })).toEqual({ kind: "cancelled" });
  });
});

describe("awaitReading", () => {
  it("looks again until the reading is as wanted", async () => {
    const { options } = rig(loaded("running", 7), loaded("stopping", 7), loaded("stopped"));
    expect(await awaitReading(options, (each) => each.kind === "loaded" && each.state === "stopped")).toMatchObject({ kind: "reached" });
  });
});
