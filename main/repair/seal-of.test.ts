import { describe, expect, it } from "vitest";
import type { Effect } from "../core/model/plan.ts";
import { sealOf } from "./seal-of.ts";

const planned = (...effects: Effect[]) => ({
  code: "pigeon.part.broken",
  remedy: "mend",
  risk: "disruptive" as const,
  effects: effects.map((effect) => ({ effect, preview: "p", risk: "safe" as const })),
});
const end: Effect = { do: "end-process", pid: 42, startedMs: 1_000, name: "squatter" };
const copy: Effect = { do: "copy-file", from: "/a/b", to: "/a/c" };
const before = sealOf(planned(end, copy));

describe("the seal of a plan", () => {
  it.each<[string, ReturnType<typeof planned>]>([
    ["another process", planned({ ...end, pid: 43 }, copy)],
    ["another file", planned(end, { ...copy, from: "/a/d" })],
    ["another order", planned(copy, end)],
    ["a step more", planned(end, copy, { do: "remove-file", path: "/a/c" })],
    ["a step less", planned(end)],
    ["another remedy", { ...planned(end, copy), remedy: "free" }],
  ])("differs for %s", (_, other) => expect(sealOf(other)).not.toBe(before));

  it("stays the same over words, waits, looks, and the clock that a process's age is read from", () => {
    const wait: Effect = { do: "wait", reason: "It boots", forMs: 9_000 };
    const ask: Effect = { do: "ask-person", instruction: "Look." };
    expect(sealOf(planned({ ...end, startedMs: 1_010 }, ask, copy, wait, { do: "recheck", check: "x" }))).toBe(before);
  });
});
