import { expect, it } from "vitest";
import { maySignal } from "./may-signal.ts";

it.each([0, -0, 1, -1, -4_711, Number.NaN, Number.POSITIVE_INFINITY, 2.5])("refuses %s, which may stand for everybody", (pid) => {
  expect(maySignal(pid)).toBe(false);
});

it("takes the number of an ordinary process", () => {
  expect(maySignal(2)).toBe(true);
  expect(maySignal(4_194_304)).toBe(true);
});
