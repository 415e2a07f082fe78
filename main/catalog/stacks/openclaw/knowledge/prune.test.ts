import { describe, expect, it } from "vitest";
import { prune } from "./prune.ts";

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe("prune", () => {
  it("keeps an ordinary answer as it is", () => {
    const answer = { ok: true, channels: { telegram: { accounts: [{ id: "a", connected: false, since: 12, error: null }] } } };
    expect(prune(answer)).toEqual(answer);
  });

  it("cuts long texts and long lists", () => {
    expect(prune("x".repeat(1_000))).toBe(`${"x".repeat(400)}…`);
    expect(prune(Array.from({ length: 1_000 }, (_, i) => i))).toHaveLength(300);
    expect(Object.keys(prune(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]))) as object)).toHaveLength(300);
  });

  it("ends where an answer is nested without end", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = { a: deep };
    expect(sizeOf(prune(deep))).toBeLessThan(100);
  });

  it("keeps less than a megabyte of an answer that is wide at every level", () => {
    const wide = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => "y".repeat(400)));
    expect(sizeOf(prune(wide))).toBeLessThan(1_000_000);
    const keys = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}${"k".repeat(50_000)}`, i]));
    expect(sizeOf(prune(keys))).toBeLessThan(1_000_000);
  });

  it("treats the names of an object's own machinery as names like any other", () => {
    const answer: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}');
    expect(JSON.stringify(prune(answer))).toBe(JSON.stringify(answer));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
