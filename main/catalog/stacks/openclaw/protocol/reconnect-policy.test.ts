import { describe, expect, it } from "vitest";
import { pauseAfter } from "./reconnect-policy.ts";

describe("when to try again after a refusal", () => {
  it("waits longer each time the same credentials are refused", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 99].map((nth) => pauseAfter({ detailCode: "AUTH_TOKEN_MISMATCH" }, nth));
    expect(pauses).toEqual([5_000, 20_000, 60_000, 120_000, 300_000, 300_000, 300_000]);
  });

  it.each([
    "AUTH_TOKEN_MISSING",
    "AUTH_BOOTSTRAP_TOKEN_INVALID",
    "AUTH_PASSWORD_MISSING",
    "AUTH_PASSWORD_MISMATCH",
    "AUTH_DEVICE_TOKEN_MISMATCH",
    "AUTH_SCOPE_MISMATCH",
    "PAIRING_REQUIRED",
    "DEVICE_IDENTITY_REQUIRED",
    "DEVICE_AUTH_SIGNATURE_INVALID",
  ])("does not come back at once after %s", (detailCode) => {
    expect(pauseAfter({ detailCode }, 1)).toBeGreaterThan(0);
  });

  it("honours what the gateway asks for, within ten minutes", () => {
    expect(pauseAfter({ detailCode: "AUTH_RATE_LIMITED", retryAfterMs: 299_964 }, 1)).toBe(299_964);
    expect(pauseAfter({ detailCode: "AUTH_RATE_LIMITED", retryAfterMs: 86_400_000 }, 1)).toBe(600_000);
    expect(pauseAfter({ retryAfterMs: -5 }, 1)).toBe(0);
  });

  it("comes back at the next look after a refusal that passes by itself", () => {
    expect(pauseAfter({ retryAfterMs: 500 }, 1)).toBe(500);
    expect(pauseAfter({ detailCode: "AUTHENTICATED_PROFILE_UNAVAILABLE" }, 3)).toBe(0);
  });
});
