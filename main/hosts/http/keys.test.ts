import { describe, expect, it } from "vitest";
import { createKeys, KEY_LIFE_MS } from "./keys.ts";

describe("one-time keys", () => {
  it("open a session once", () => {
    const keys = createKeys(4000, () => 0);
    const key = keys.issue();
    const session = keys.redeem(key);
    expect(keys.knowsCookie(`${keys.cookieName}=${session}`)).toBe(true);
    expect(keys.redeem(key)).toBeNull();
  });

  it("die unopened after a while", () => {
    let now = 0;
    const keys = createKeys(4000, () => now);
    const key = keys.issue();
    now = KEY_LIFE_MS + 1;
    expect(keys.redeem(key)).toBeNull();
  });

  it("are never the same, and never the token or the session", () => {
    const keys = createKeys(4000, () => 0);
    const issued = Array.from({ length: 20 }, () => keys.issue());
    const session = keys.redeem(issued[19] ?? "");
    expect(new Set([...issued, keys.token, session]).size).toBe(22);
    expect(issued.every((key) => /^[0-9a-f]{40}$/.test(key))).toBe(true);
  });

  it("do not pile up: the oldest of many unopened ones is forgotten", () => {
    const keys = createKeys(4000, () => 0);
    const first = keys.issue();
    for (let i = 0; i < 32; i += 1) keys.issue();
    expect(keys.redeem(first)).toBeNull();
    expect(keys.redeem(keys.issue())).not.toBeNull();
  });
});

describe("the token", () => {
  const keys = createKeys(4000, () => 0);

  it("is known as a bearer, whatever the case of that word", () => {
    expect(keys.knowsBearer(`Bearer ${keys.token}`)).toBe(true);
    expect(keys.knowsBearer(`bearer ${keys.token}`)).toBe(true);
  });

  it.each([undefined, "", "Bearer", "Bearer ", `Basic ${keys.token}`, keys.token, `Bearer ${keys.token}x`, `Bearer ${keys.token} x`])(
    "is not known in %j",
    (header) => {
      expect(keys.knowsBearer(header)).toBe(false);
    },
  );

  it("is no session, and a one-time key is neither", () => {
    const key = keys.issue();
    expect(keys.knowsCookie(`${keys.cookieName}=${keys.token}`)).toBe(false);
    expect(keys.knowsCookie(`${keys.cookieName}=${key}`)).toBe(false);
    expect(keys.knowsBearer(`Bearer ${key}`)).toBe(false);
  });
});

describe("the cookie", () => {
  it("is found among those of other local programs, and belongs to one TCP port", () => {
    const keys = createKeys(4000, () => 0);
    const session = keys.redeem(keys.issue());
    expect(keys.knowsCookie(`a=b; lamplighter-4000=${session}; c=d`)).toBe(true);
    expect(keys.knowsCookie(`lamplighter-4001=${session}`)).toBe(false);
    expect(keys.knowsCookie(`xlamplighter-4000=${session}`)).toBe(false);
    expect(keys.knowsCookie(undefined)).toBe(false);
    expect(keys.knowsCookie("lamplighter-4000=")).toBe(false);
  });
});
