import { describe, expect, it } from "vitest";
import { sayAge, sayCountdown, sayDuration, sayLength, sayMoment, sayTook } from "./ages.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("ages in words", () => {
  it.each([
    [0, "just now"],
    [999, "just now"],
    [1_000, "1 s ago"],
    [8_400, "8 s ago"],
    [59_999, "59 s ago"],
    [MINUTE, "1 min ago"],
    [14 * MINUTE, "14 min ago"],
    [HOUR, "1 h ago"],
    [47 * HOUR, "47 h ago"],
    [48 * HOUR, "2 days ago"],
  ])("says %i ms as “%s”", (ms, words) => {
    expect(sayAge(ms)).toBe(words);
  });

  it("does not speak of the future when the two clocks differ", () => {
    expect(sayAge(-5_000)).toBe("just now");
    expect(sayLength(-5_000)).toBe("0 s");
  });

  it("says how long a probe took in the unit that fits", () => {
    expect(sayDuration(0.4)).toBe("under 1 ms");
    expect(sayDuration(38.2)).toBe("38 ms");
    expect(sayDuration(1_249)).toBe("1.2 s");
    expect(sayDuration(999)).toBe("999 ms");
  });

  it("says how long a repair took, and what is left to the second", () => {
    expect([sayTook(34_000), sayTook(190_000)]).toEqual(["34.0 s", "3 min"]);
    expect([106_000, 59_200, 400, -5, 7_500_000].map(sayCountdown)).toEqual(["1:46", "1:00", "1 s", "0 s", "2 h 5 min"]);
  });

  it("names the day only when it was another one", () => {
    const noon = new Date(2026, 10, 20, 12, 0, 0).getTime();
    const today = sayMoment(noon - HOUR, noon);
    const yesterday = sayMoment(noon - 24 * HOUR, noon);
    expect(today).toContain("11:00");
    expect(today).not.toContain("20");
    expect(yesterday).toContain("19");
    expect(yesterday).toContain("12:00");
  });
});
