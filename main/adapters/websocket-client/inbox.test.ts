import { expect, it } from "vitest";
import { manualClock } from "../clock/manual-clock.ts";
import { inbox } from "./inbox.ts";

const text = (value: string) => ({ kind: "text" as const, text: value });

it("holds no more bytes than allowed, and takes frames again once some were read", async () => {
  const box = inbox(manualClock(), 10);
  expect([box.accept(text("a"), 6), box.accept(text("b"), 6)]).toEqual([true, false]);
  await box.next(0);
  expect(box.accept(text("b"), 6)).toBe(true);
});

it("takes nothing after the end, but lets what came before be read", async () => {
  const box = inbox(manualClock(), 10);
  box.accept(text("last"), 4);
  box.end({ code: 1000, reason: "" });
  box.end({ code: 1006, reason: "too late" });
  expect(box.accept(text("after"), 1)).toBe(false);
  expect(await box.next(0)).toEqual(text("last"));
  expect(await box.next(0)).toEqual({ kind: "closed", close: { code: 1000, reason: "" } });
});

it("gives each frame to one of several waiting readers", async () => {
  const clock = manualClock();
  const box = inbox(clock, 10);
  const readers = [box.next(100), box.next(100)];
  box.accept(text("only"), 1);
  await clock.advance(100);
  expect(await Promise.all(readers)).toEqual([text("only"), { kind: "timed-out" }]);
});
