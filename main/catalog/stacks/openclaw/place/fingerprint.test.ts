import { describe, expect, it } from "vitest";
import { fingerprintWith } from "./fingerprint.ts";

describe("a fingerprint", () => {
  const here = fingerprintWith("lab /home/sam");

  it("is short, the same for the same secret, and shows nothing of it", () => {
    expect(here("secret-token-0123456789")).toMatch(/^#[0-9a-f]{6}$/);
    expect(here("secret-token-0123456789")).toBe(here("secret-token-0123456789"));
  });

  it("differs between machines, so that it cannot be looked up", () => {
    expect(fingerprintWith("other /home/sam")("secret-token-0123456789")).not.toBe(here("secret-token-0123456789"));
  });

  it("tells neighbours apart", () => {
    const names = Array.from({ length: 2_000 }, (_, index) => here(`token-${index}`));
    expect(new Set(names).size).toBeGreaterThan(1_990);
  });
});
