import { describe, expect, it } from "vitest";
import { didYouMean, distance, nearest } from "./suggest.ts";

describe("distance", () => {
  it.each([
    ["status", "status", 0],
    ["stauts", "status", 1],
    ["statu", "status", 1],
    ["watch", "serve", 5],
    ["", "demo", 4],
  ])("between %s and %s is %i", (a, b, expected) => {
    expect(distance(a, b)).toBe(expected);
  });
});

describe("nearest", () => {
  const verbs = ["status", "watch", "explain", "symptoms", "serve", "demo", "help"];

  it.each([
    ["stauts", "status"],
    ["Status", "status"],
    ["expl", "explain"],
    ["symptom", "symptoms"],
    ["server", "serve"],
  ])("takes %s for %s", (typed, meant) => {
    expect(nearest(typed, verbs)).toBe(meant);
  });

  it.each(["frobnicate", "x", "", "s"])("has no idea about %j", (typed) => {
    expect(nearest(typed, verbs)).toBeNull();
  });

  it("does not guess between two words that begin alike", () => {
    expect(nearest("st", ["start", "stop"])).toBeNull();
  });

  it("stays quick on a very long word", () => {
    const started = performance.now();
    expect(nearest("a".repeat(1_000_000), verbs)).toBeNull();
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("asks a whole question, or says nothing", () => {
    expect(didYouMean("stauts", verbs)).toBe(" Did you mean status?");
    expect(didYouMean("frobnicate", verbs)).toBe("");
  });
});
