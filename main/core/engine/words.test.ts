import { describe, expect, it } from "vitest";
import { count, fill, shorten, span } from "./words.ts";

describe("words", () => {
  it.each([
    ["Port {port} is held by {owner}", { port: 18789, owner: "nginx" }, "Port 18789 is held by nginx"],
    ["Port {port} is held by {owner}", { port: 18789 }, "Port 18789 is held by"],
    ["{name} is down", {}, "is down"],
    ["Nothing to fill {here}", { here: "" }, "Nothing to fill"],
    ["Channels {named} fail", { named: `(${"x, ".repeat(500)}` }, `Channels (${"x, ".repeat(66)}… fail`],
    ["Held by {owner}", { owner: "a\u001b[2J\u0007b" }, "Held by a [2J b"],
  ])("fills %s", (template, params, text) => {
    expect(fill(template, params)).toBe(text);
  });

  it.each([
    [0, "0 s"],
    [89_000, "89 s"],
    [90_000, "2 min"],
    [5_400_000, "2 h"],
    [259_200_000, "3 d"],
    [-5, "0 s"],
  ])("says %i ms as %s", (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it("counts one and many", () => {
    expect([count(1, "check"), count(2, "check"), count(2, "more follows", "more follow")]).toEqual([
      "1 check",
      "2 checks",
      "2 more follow",
    ]);
  });

  it("shortens at a word, keeps short text, and cuts a single long word", () => {
    expect(shorten("short", 10)).toBe("short");
    expect(shorten("the gateway, is not running", 13)).toBe("the gateway…");
    expect(shorten("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`);
  });
});
