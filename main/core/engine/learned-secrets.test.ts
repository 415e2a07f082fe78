import { describe, expect, it } from "vitest";
import { learnedSecrets } from "./learned-secrets.ts";
import { createRedactor } from "./redact.ts";

describe("what is remembered of secrets", () => {
  it("is each once, in every spelling, the longest first", () => {
    const learned = learnedSecrets();
    expect(learned.learn(" pass word ", "password")).toBe(true);
    expect(learned.learn("pass word", "password")).toBe(false);
    expect(learned.learn("pass word, and more", "password")).toBe(true);
    expect(learned.pieces().map(({ value }) => value)).toEqual([
      "pass%20word%2C%20and%20more",
      "pass word, and more",
      "pass%20word",
      "pass word",
    ]);
  });

  it("is nothing that cannot be told from ordinary text", () => {
    const learned = learnedSecrets();
    expect(learned.learn("  abcde ", "token")).toBe(false);
    expect(learned.pieces()).toEqual([]);
  });

  it("survives half a surrogate", () => {
    expect(learnedSecrets().learn("\ud800abcdefgh", "token")).toBe(true);
  });

  it("stays bounded however often a secret changes, and keeps the ones that are met again", () => {
    const learned = learnedSecrets();
    for (let i = 0; i < 5_000; i += 1) {
      learned.learn("the-one-in-use", "token");
      learned.learn(`token-number-${i}`, "token");
    }
    const values = learned.pieces().map(({ value }) => value);
    expect(values).toHaveLength(400);
    expect(values).toContain("the-one-in-use");
    expect(values).toContain("token-number-4999");
    expect(values).not.toContain("token-number-100");
  });

  it("stays bounded however long a secret is", () => {
    const learned = learnedSecrets();
    for (let i = 0; i < 500; i += 1) learned.learn(`${i}-${"x y".repeat(20_000)}`, "token");
    const characters = learned.pieces().reduce((sum, { value }) => sum + value.length, 0);
    expect(characters).toBeLessThanOrEqual(400 * 3 * 4_096);
  });

  it("tells long secrets from each other", () => {
    const learned = learnedSecrets();
    const long = "x".repeat(9_000);
    expect([`a${long}`, `b${long}`, `${long}c`, `a${long}`].map((one) => learned.learn(one, "token"))).toEqual([true, true, true, false]);
  });
});

describe("a secret that is too long to be kept", () => {
  const secret = Array.from({ length: 3_000 }, (_, i) => `k${i}`).join("");
  const redactor = createRedactor();
  redactor.learn(secret, "token");
  const isClean = (text: string): boolean => !/k\d{3}/.test(text);

  it("is hidden whole, and nothing beside it", () => {
    const cleaned = redactor.text(`before ${secret} after ${secret}.`);
    expect(cleaned).toMatch(/^before ‹token …2999, \d+ chars› after ‹token …2999, \d+ chars›\.$/);
  });

  it("is hidden where its end or its beginning was cut off", () => {
    expect(isClean(redactor.text(`says: ${secret.slice(0, 6_000)}`))).toBe(true);
    expect(isClean(redactor.text(`${secret.slice(-6_000)} was said`))).toBe(true);
    expect(isClean(redactor.text(secret.slice(0, 300)))).toBe(true);
    expect(isClean(redactor.text(secret.slice(-300)))).toBe(true);
  });
});

describe("a secret that is also the name of its kind", () => {
  it.each(["gateway", "gateway token", "gateway token and more"])("such as %s is hidden, and does not hold us up", (secret) => {
    const redactor = createRedactor();
    redactor.learn(secret, "gateway token");
    expect(redactor.text(`[${secret}]`)).toMatch(/^\[‹.{0,120}›\]$/);
  });

  it.each(["gateway token an", "token and more"])("is hidden where only %s is left of it", (left) => {
    const redactor = createRedactor();
    redactor.learn("gateway token and more", "gateway token and more");
    expect(redactor.text(`[${left}]`)).toMatch(/^\[‹part of .{0,80}›\]$/);
  });
});
