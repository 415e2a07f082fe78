import { describe, expect, it } from "vitest";
import { judgeAuthProfilesFile, judgeModelAuth } from "./models.ts";

const now = 1_795_200_000_000;
const DAY = 86_400_000;
const light = (payload: unknown) => judgeModelAuth(payload, now)[0]?.light;
const profile = (change: Record<string, unknown>) => ({ profileId: "anthropic:manual", type: "token", status: "ok", ...change });
const provider = (...profiles: unknown[]) => ({
  ts: now,
  providers: [{ provider: "anthropic", authProvider: "anthropic", status: "ok", profiles }],
});

describe("models.authStatus", () => {
  it.each([
    [profile({}), undefined],
    [profile({ status: "static", type: "api_key" }), undefined],
    [profile({ status: "expired" }), "red"],
    [profile({ status: "missing" }), "red"],
    [profile({ status: "expiring" }), "amber"],
    [profile({ expiry: { at: now + 6 * DAY } }), "amber"],
    [profile({ expiry: { at: now + 8 * DAY } }), undefined],
    [profile({ expiry: { at: now - 1 } }), "red"],
    [profile({ type: "oauth", status: "expired" }), undefined],
    [profile({ type: "oauth", expiry: { at: now - DAY } }), undefined],
    [profile({ reasonCode: "unresolved_ref" }), "red"],
  ])("judges the profile %j as %s", (one, wanted) => {
    expect(light(provider(one))).toBe(wanted);
  });

  it("only warns about a dead profile while another of the same provider works", () => {
    expect(
      light(provider(profile({ status: "expired" }), profile({ profileId: "anthropic:key", type: "api_key", status: "static" }))),
    ).toBe("amber");
  });

  it("does not mind a provider that nobody set up", () => {
    expect(light({ providers: [{ provider: "google", status: "missing", profiles: [] }] })).toBeUndefined();
  });

  it("names the provider and says in how many days it ends", () => {
    const [raised] = judgeModelAuth(provider(profile({ expiry: { at: now + 3 * DAY } })), now);
    expect([raised?.params?.["named"], raised?.evidence[0]?.text]).toEqual(["(anthropic)", "anthropic:manual ends in 3 days"]);
  });
});

describe("openclaw models status --json", () => {
  const status = (auth: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    auth: { missingProvidersInUse: [], unusableProfiles: [], oauth: { profiles: [] }, ...auth },
    ...more,
  });

  it("is silent about a healthy answer", () => {
    expect(light(status({ oauth: { profiles: [profile({})] } }))).toBeUndefined();
  });

  it("speaks of providers in use without a credential, and of profiles that are switched off", () => {
    const [raised] = judgeModelAuth(
      status({
        missingProvidersInUse: ["openai"],
        unusableProfiles: [{ profileId: "anthropic:manual", provider: "anthropic", reason: "billing", remainingMs: 7_200_000 }],
      }),
      now,
    );
    expect([raised?.light, raised?.params?.["named"]]).toEqual(["red", "(openai, anthropic)"]);
    expect(raised?.evidence.map((one) => one.text)).toEqual([
      "openai is used by a configured model and has no usable credential",
      "anthropic:manual is switched off for 2 h (billing)",
    ]);
  });

  it.each([
    ["ok", undefined],
    ["rate_limit", undefined],
    ["timeout", undefined],
    ["auth", "red"],
    ["unknown", "red"],
  ])("believes a real call that ended with %s", (result, wanted) => {
    expect(light(status({}, { probes: { results: [{ provider: "anthropic", profileId: "a", status: result, error: "said so" }] } }))).toBe(
      wanted,
    );
  });
});

describe("auth-profiles.json of older releases", () => {
  const file = (expires: number, usageStats = {}) => ({
    version: 1,
    profiles: { "anthropic:manual": { type: "token", provider: "anthropic", token: "canary", expires } },
    usageStats,
  });

  it("reads ends and pauses, and never the token", () => {
    expect(judgeAuthProfilesFile(file(now + 90 * DAY), now)).toEqual([]);
    expect(judgeAuthProfilesFile(file(now - 1), now)[0]?.light).toBe("red");
    const paused = judgeAuthProfilesFile(
      file(now + 90 * DAY, { "anthropic:manual": { disabledUntil: now + 60_000, disabledReason: "billing" } }),
      now,
    );
    expect([paused[0]?.light, paused[0]?.evidence[0]?.text]).toEqual(["amber", "anthropic:manual is switched off (billing)"]);
    expect(JSON.stringify(paused)).not.toContain("canary");
  });
});
