import { describe, expect, it } from "vitest";
import { epoch, lifeOf, up } from "../../../tests/support/sim-life.ts";
import { passTime } from "./pass-time.ts";

const life = lifeOf([{ after: 0, reading: up(1), works: false }]);
const pass = (clockS: number, steadyS: number | undefined, from = life) =>
  passTime(from, { at: epoch + clockS * 1_000, sinceLastMs: steadyS === undefined ? undefined : steadyS * 1_000 });

describe("time between two looks", () => {
  it("passes", () =>
    expect(pass(15, 15)).toMatchObject({ life: { steadyMs: 15_000, run: { ageMs: 15_000 } }, gap: false, clockMoved: false }));
  it("is a gap when it is far longer than usual", () => {
    expect(pass(170, 170).gap).toBe(false);
    expect(pass(190, 190)).toMatchObject({ gap: true, life: { run: { ageMs: 0, watched: false } } });
  });
  it("gets used to longer pauses", () => {
    let slow = life;
    for (let i = 1; i <= 6; i++) ({ life: slow } = pass(400 * i, 400, slow));
    expect(pass(2_800, 400, slow).gap).toBe(false);
  });
  it("is a gap when the clock was set, and only what passed counts", () => {
    expect(pass(7_200, 15)).toMatchObject({ gap: true, clockMoved: true, life: { steadyMs: 15_000 } });
    expect(pass(-7_200, 15)).toMatchObject({ gap: true, clockMoved: true, life: { steadyMs: 15_000 } });
  });
  it("counts little of a long absence of ours for the age of a boot, since nobody knows whether the machine was awake", () => {
    expect(pass(7_200, undefined)).toMatchObject({ life: { steadyMs: 7_200_000, run: { ageMs: 180_000 } } });
  });
});
