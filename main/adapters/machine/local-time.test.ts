import { describe, expect, it } from "vitest";
import { localTime } from "./local-time.ts";

/** Dates are made in the zone the test runs in, so that it says the same in every zone. */
const at = (year: number, month: number, day: number, hour = 0, minute = 0) => new Date(year, month, day, hour, minute).getTime();

describe("localTime", () => {
  it("is the time of day alone today, in 24 hours", () => {
    expect(localTime(at(2026, 10, 21, 9, 12), at(2026, 10, 21, 23, 59))).toBe("09:12");
    expect(localTime(at(2026, 10, 21, 0, 5), at(2026, 10, 21, 0, 6))).toBe("00:05");
    expect(localTime(at(2026, 10, 21, 21, 5), at(2026, 10, 21, 22, 0))).toBe("21:05");
  });

  it("names the day when it is another one, and the year when that is another", () => {
    expect(localTime(at(2026, 10, 20, 23, 59), at(2026, 10, 21, 0, 1))).toBe("Nov 20, 23:59");
    expect(localTime(at(2025, 11, 31, 8, 0), at(2026, 0, 1, 8, 0))).toBe("Dec 31, 2025, 08:00");
  });
});
