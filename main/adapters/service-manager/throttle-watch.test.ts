import { describe, expect, it } from "vitest";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { throttleWatch } from "./throttle-watch.ts";

const waiting = (runs: number, throttleSeconds = 10): Extract<ServiceReading, { kind: "loaded" }> => ({
  kind: "loaded",
  state: "waiting-to-restart",
  rawState: "spawn scheduled",
  runs,
  throttleSeconds,
});

describe("how long a job waits at most", () => {
  it("shrinks while the count of starts stands still, and begins anew with it", () => {
    let now = 0;
    const watch = throttleWatch(() => now);
    expect(watch("a", waiting(3))).toBe(10_000);
    now = 3000;
    expect(watch("a", waiting(3))).toBe(7000);
    expect(watch("a", waiting(4))).toBe(10_000);
  });

  it("counts from the start that was seen running", () => {
    let now = 0;
    const watch = throttleWatch(() => now);
    expect(watch("a", { ...waiting(3), state: "running" })).toBeUndefined();
    now = 2000;
    expect(watch("a", waiting(3))).toBe(8000);
  });

  it("is not told when launchd waits longer than it says, or does not say", () => {
    let now = 0;
    const watch = throttleWatch(() => now);
    watch("a", waiting(3));
    now = 10_000;
    expect(watch("a", waiting(3))).toBeUndefined();
    const { throttleSeconds: _throttle, ...silent } = waiting(3);
    expect(watch("b", silent)).toBeUndefined();
  });

  it("is kept apart for each job", () => {
    let now = 0;
    const watch = throttleWatch(() => now);
    watch("a", waiting(1));
    now = 5000;
    expect(watch("b", waiting(1))).toBe(10_000);
  });
});
