import { describe, expect, it } from "vitest";
import { findings } from "../findings/index.ts";
import { judgeClose, readShutdown } from "./close-codes.ts";
import { judgeConnectError, readConnectError } from "./connect-errors.ts";
import { authReasons, detailCodeOfMessage, detailCodes, rejectionOf } from "./detail-codes.ts";

const known = new Set(findings.map((kind) => kind.code));
const error = (details: Record<string, unknown>, message = "connect failed") => ({ code: "INVALID_REQUEST", message, details });

describe("structured rejections", () => {
  it.each(Object.entries(detailCodes))("%s leads to a finding with words and to advice", (detail, { code, advice }) => {
    expect(known.has(code)).toBe(true);
    expect(advice).toMatch(/^[A-Z].{15,}\.$/);
    const [raised] = judgeConnectError(error({ code: detail }));
    expect([raised?.code, raised?.evidence.some((one) => one.text === advice)]).toEqual([code, true]);
  });

  it("reads every server-side reason as one of the known codes", () => {
    expect(Object.values(authReasons).filter((detail) => detailCodes[detail] === undefined)).toEqual([]);
  });

  it.each([
    ["AUTH_NEW_THING", "openclaw.auth.token-mismatch"],
    ["DEVICE_AUTH_NEW_THING", "openclaw.auth.device-proof-rejected"],
    ["CONTROL_UI_NEW_THING", "openclaw.control-ui.unreachable"],
  ])("reads the unknown code %s by its beginning", (detail, code) => {
    expect(rejectionOf(detail)?.code).toBe(code);
  });

  it("does not guess about codes of another family", () => {
    expect(rejectionOf("BILLING_REQUIRED")).toBeUndefined();
    expect(judgeConnectError(error({ code: "BILLING_REQUIRED" }, "pay first"))[0]?.code).toBe("openclaw.gateway.follow-up-failed");
  });

  it("shows who must approve what, and never a request id that is none", () => {
    const details = {
      code: "PAIRING_REQUIRED",
      reason: "scope-upgrade",
      requestId: "442bf38d",
      requestedScopes: ["operator.read", "operator.admin"],
      approvedScopes: ["operator.read"],
    };
    const lines =
      judgeConnectError(error(details))[0]
        ?.evidence.map((one) => one.text)
        .join("\n") ?? "";
    expect(lines).toContain("the device asks for more rights");
    expect(lines).toContain("Request 442bf38d");
    expect(lines).toContain("Asked for: operator.read, operator.admin; approved so far: operator.read");
    expect(judgeConnectError(error({ ...details, requestId: "x; rm -rf /" }))[0]?.evidence.some((one) => one.text.includes("rm -rf"))).toBe(
      false,
    );
  });

  it("says how long to wait and whether the device token may be tried", () => {
    const limited = { ...error({ code: "AUTH_RATE_LIMITED", authReason: "rate_limited" }), retryAfterMs: 299_964 };
    expect(judgeConnectError(limited)[0]?.evidence.map((one) => one.text)).toContain("The gateway asks to wait 300 s");
    const mismatch = error({ code: "AUTH_TOKEN_MISMATCH", canRetryWithDeviceToken: true });
    expect(judgeConnectError(mismatch)[0]?.evidence.some((one) => one.text.includes("retry once"))).toBe(true);
  });

  it("takes a start-up answer for a boot", () => {
    expect(
      judgeConnectError({ code: "UNAVAILABLE", message: "gateway starting; retry shortly", details: { reason: "startup-sidecars" } })[0]
        ?.code,
    ).toBe("openclaw.gateway.booting");
  });

  it.each([null, undefined, 7, "text", {}, { details: null }, { message: 5, details: { code: [] } }])("answers something for %j", (odd) => {
    expect(judgeConnectError(odd)).toHaveLength(1);
  });

  it("cuts hostile messages", () => {
    expect(judgeConnectError({ message: "x".repeat(100_000) })[0]?.evidence[0]?.text.length).toBeLessThan(300);
  });
});

describe("answers of older releases, which carry no code", () => {
  it.each([
    ["unauthorized: gateway token missing (provide gateway auth token)", "AUTH_TOKEN_MISSING"],
    ["unauthorized: gateway password mismatch (provide gateway auth password)", "AUTH_PASSWORD_MISMATCH"],
    ["unauthorized: device token mismatch (rotate/reissue device token)", "AUTH_DEVICE_TOKEN_MISMATCH"],
    ["unauthorized: device token scope mismatch (re-pair or approve scope upgrade)", "AUTH_SCOPE_MISMATCH"],
    ["pairing required", "PAIRING_REQUIRED"],
    ["control ui requires device identity (use HTTPS or localhost secure context)", "CONTROL_UI_DEVICE_IDENTITY_REQUIRED"],
    ["device identity required", "DEVICE_IDENTITY_REQUIRED"],
    ["protocol mismatch", "PROTOCOL_MISMATCH"],
    ["missing scope: operator.read", "MISSING_SCOPE"],
    ["unauthorized", "AUTH_REQUIRED"],
  ])("%s", (message, detail) => {
    expect(detailCodeOfMessage(message)).toBe(detail);
    expect(readConnectError({ message })).toMatchObject({ detailCode: detail });
  });

  it("leaves other messages alone", () => {
    expect(detailCodeOfMessage("unknown method: bogus.method")).toBeUndefined();
  });
});

describe("a hostile refusal", () => {
  it.each([{ code: "constructor" }, { code: "__proto__", reason: "toString" }, { reason: "hasOwnProperty" }, { authReason: "valueOf" }])(
    "with %j is a refusal like any other",
    (details) => {
      const [raised] = judgeConnectError({ message: "", details });
      expect(raised?.code).toBe("openclaw.gateway.follow-up-failed");
      expect(raised?.evidence.every(({ text }) => typeof text === "string" && text !== "")).toBe(true);
    },
  );

  it.each([1e300, -1, -1e300, "5", null])("that asks to wait %j is not heard", (retryAfterMs) => {
    expect(readConnectError({ message: "x", retryAfterMs })).not.toHaveProperty("retryAfterMs");
  });
});

describe("ends of connections", () => {
  it.each([
    [1000, "", []],
    [1002, "protocol mismatch", ["openclaw.install.split-brain"]],
    [1002, "a frame broke the WebSocket protocol", []],
    [1006, "", ["openclaw.gateway.not-running"]],
    [1008, "pairing required: device is not approved yet (requestId: 442b", ["openclaw.auth.pairing-required"]],
    [1008, "unauthorized: gateway token mismatch (set gateway.remote.token to match", ["openclaw.auth.token-mismatch"]],
    [1008, "slow consumer", ["openclaw.gateway.follow-up-failed"]],
    [1011, "installed files changed", ["openclaw.install.upgrade-drift"]],
    [1012, "service restart", ["openclaw.gateway.booting"]],
    [1012, "node capabilities changed", []],
    [1013, "gateway starting", ["openclaw.gateway.booting"]],
    [4001, "gateway auth changed", ["openclaw.auth.token-mismatch"]],
    [4999, "who knows", []],
  ])("%i %s", (code, reason, codes) => {
    expect(judgeClose({ code, reason }).map((one) => one.code)).toEqual(codes);
  });

  it("tells a restart from a stop by the time it announces", () => {
    expect(readShutdown({ reason: "gateway restarting", restartExpectedMs: 1_500 })).toEqual({ restart: true, expectedMs: 1_500 });
    expect(readShutdown({ reason: "gateway stopping" })).toEqual({ restart: false });
    expect(readShutdown(null)).toEqual({ restart: false });
  });
});
