import { describe, expect, it } from "vitest";
import type { Light } from "../../core/model/light.ts";
import type { HistoryEntry } from "../../core/ports/history.ts";
import { memoryHistory } from "./memory-history.ts";
import { historySuite } from "./suite.ts";

historySuite("memoryHistory", () => memoryHistory());

const entry = (check: string, at: number, light: Light = "green"): HistoryEntry => ({ stack: "s", check, light, at, durationMs: 1 });

describe("memoryHistory bounds", () => {
  it("forgets what is more than a day older than the newest entry of the same check", () => {
    const history = memoryHistory();
    history.append(entry("a", 0));
    history.append(entry("a", 1_000));
    history.append(entry("a", 86_400_500));
    expect(history.recent("s", "a", 10).map((e) => e.at)).toEqual([1_000, 86_400_500]);
  });

  it("never holds more entries than allowed, over all checks together", () => {
    const history = memoryHistory({ maxEntries: 50 });
    for (let i = 0; i < 1_000; i++) history.append(entry(`c${i % 7}`, i));
    const kept = Array.from({ length: 7 }, (_, i) => history.recent("s", `c${i}`, 1_000).length);
    expect(kept.reduce((a, b) => a + b)).toBeLessThanOrEqual(50);
    expect(Math.min(...kept)).toBeGreaterThan(0);
  });

  it("keeps the entries of a quiet check when a busy one fills the memory", () => {
    const history = memoryHistory({ maxEntries: 100 });
    history.append(entry("quiet", 0, "red"));
    for (let i = 1; i < 5_000; i++) history.append(entry("busy", i));
    expect(history.recent("s", "quiet", 5)).toHaveLength(1);
    expect(history.recent("s", "busy", 1)[0]?.at).toBe(4_999);
  });

  it("costs little per entry when full", () => {
    const history = memoryHistory();
    const start = performance.now();
    for (let i = 0; i < 100_000; i++) history.append(entry(`c${i % 40}`, i));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
