import { describe, expect, it } from "vitest";
import { prune } from "./prune.ts";

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe("prune", () => {
  it("keeps an ordinary answer as it is", () => {
    const answer = { ok: true, channels: { telegram: { accounts: [{ id: "a", connected: false, since: 12, error: null }] } } };
    expect(prune(answer).value).toEqual(answer);
  });

  it("cuts long texts and long lists", () => {
    expect(prune("x".repeat(1_000)).value).toBe(`${"x".repeat(400)}…`);
    expect(prune(Array.from({ length: 1_000 }, (_, i) => i)).value).toHaveLength(300);
    expect(Object.keys(prune(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]))).value as object)).toHaveLength(300);
  });

  it("says when parts are missing, and says nothing about long texts", () => {
    expect(prune({ a: ["x".repeat(1_000)] }).isCut).toBe(false);
    expect(prune(Array(301).fill(1)).isCut).toBe(true);
    expect(prune(Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`k${i}`, i]))).isCut).toBe(true);
    expect(prune([[[[[[[[[[1]]]]]]]]]])).toEqual({ value: [[[[[[[[[null]]]]]]]]], isCut: false });
    expect(prune(Array(300).fill(Array(300).fill("long enough to count"))).isCut).toBe(true);
  });

  it("ends where an answer is nested without end", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = { a: deep };
    expect(sizeOf(prune(deep).value)).toBeLessThan(100);
  });

  it("keeps less than a megabyte of an answer that is wide at every level", () => {
    const wide = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => "y".repeat(400)));
    expect(sizeOf(prune(wide).value)).toBeLessThan(1_000_000);
    const keys = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}${"k".repeat(50_000)}`, i]));
    expect(sizeOf(prune(keys).value)).toBeLessThan(1_000_000);
  });

  it("treats the names of an object's own machinery as names like any other", () => {
    const answer: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}');
    expect(JSON.stringify(prune(answer).value)).toBe(JSON.stringify(answer));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
