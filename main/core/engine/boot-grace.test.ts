import { describe, expect, it } from "vitest";
import { each, lifeOf, loaded, up } from "../../../tests/support/sim-life.ts";
import { bootLeft, usualBootMs } from "./boot-grace.ts";
import { newLife } from "./unit-life.ts";

const withBoots = (bootsMs: number[]) => ({ ...newLife, bootsMs });

describe("the usual length of a boot", () => {
  it("is the default until five boots were seen", () => {
    expect(usualBootMs(withBoots([1_000, 1_000, 1_000, 1_000]), 240_000)).toBe(240_000);
    expect(usualBootMs(withBoots([90_000, 80_000, 85_000, 70_000, 60_000]), 240_000)).toBe(135_000);
  });

  it("leaves one outlier of twenty out", () => {
    expect(usualBootMs(withBoots([...Array.from({ length: 19 }, () => 40_000), 500_000]), 1)).toBe(60_000);
  });

  it("is never below 20 seconds nor above 10 minutes", () => {
    expect(usualBootMs(withBoots([1, 1, 1, 1, 1]), 5)).toBe(20_000);
    expect(usualBootMs(withBoots([9, 9, 9, 9, 999_000_000]), 5)).toBe(600_000);
  });
});

describe("a boot under way", () => {
  const begun = [
    { after: 0, reading: loaded("stopped") },
    { after: 15, reading: up(1), works: false },
  ];
  const booting = lifeOf([...begun, ...each(4, { after: 15, reading: up(1), works: false })]);

  it("says how far it is", () => expect(bootLeft(booting, 240_000)).toEqual({ forMs: 60_000, usualMs: 240_000, leftMs: 180_000 }));
  it("is over when its time is", () => expect(bootLeft(booting, 60_000)).toBeUndefined());
  it("is over when it works", () =>
    expect(bootLeft(lifeOf([{ after: 5, reading: up(1), works: true }], booting), 240_000)).toBeUndefined());
  it("is over when its process ends", () =>
    expect(bootLeft(lifeOf([{ after: 5, reading: loaded("failed") }], booting), 240_000)).toBeUndefined());
  it("is none of a unit that nobody saw", () => expect(bootLeft(newLife, 240_000)).toBeUndefined());
});
