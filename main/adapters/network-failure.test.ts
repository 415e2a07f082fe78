import { describe, expect, it } from "vitest";
import { networkFailure } from "./network-failure.ts";

const failed = (code: string) => Object.assign(new Error("x"), { code });

describe("networkFailure", () => {
  it.each([
    ["ECONNREFUSED", "refused"],
    ["ETIMEDOUT", "timed-out"],
    ["ENOTFOUND", "dns-failed"],
    ["EAI_AGAIN", "dns-failed"],
    ["ECONNRESET", "reset"],
    ["EPIPE", "reset"],
    ["EHOSTUNREACH", "unreachable"],
    ["ENETUNREACH", "unreachable"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls-failed"],
    ["CERT_HAS_EXPIRED", "tls-failed"],
    ["EPROTO", "tls-failed"],
    ["HPE_INVALID_CONSTANT", "not-http"],
    ["HPE_HEADER_OVERFLOW", "not-http"],
    ["EADDRNOTAVAIL", "unreachable"],
  ])("reads %s as %s", (code, kind) => {
    expect(networkFailure(failed(code)).kind).toBe(kind);
  });

  it("prefers the refusal when several addresses of a host were tried", () => {
    const tried = new AggregateError([failed("ENETUNREACH"), failed("ECONNREFUSED")]);
    expect(networkFailure(Object.assign(tried, { code: "ENETUNREACH" })).kind).toBe("refused");
  });

  it("takes what it does not know as unreachable and names the code", () => {
    expect(networkFailure(failed("ESOMETHING"))).toMatchObject({ kind: "unreachable", reason: expect.stringContaining("ESOMETHING") });
    expect(networkFailure("thrown text").kind).toBe("unreachable");
  });

  it("never repeats the message, which may hold an address or a value", () => {
    const error = Object.assign(new Error("connect to http://user:hunter2@host"), { code: "EODD" });
    expect(networkFailure(error).reason).not.toContain("hunter2");
  });
});
