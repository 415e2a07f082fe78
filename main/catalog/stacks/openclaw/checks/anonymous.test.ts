import { describe, expect, it } from "vitest";
import { judgeAnonymous } from "./anonymous.ts";

describe("strangers at the gateway", () => {
  it("are turned away", () => {
    expect(judgeAnonymous({ kind: "turned-away", detailCode: "DEVICE_IDENTITY_REQUIRED" }, "beyond").light).toBe("green");
  });

  it("may come in where only this machine can knock", () => {
    expect(judgeAnonymous({ kind: "let-in", scopes: ["operator.read"] }, "loopback")).toMatchObject({ light: "green" });
  });

  it("must not come in from outside", () => {
    const verdict = judgeAnonymous({ kind: "let-in", scopes: ["operator.admin"] }, "beyond");
    expect(verdict).toMatchObject({ light: "red", summary: "Strangers are let in with operator.admin" });
    expect(verdict.findings?.[0]).toMatchObject({ code: "openclaw.security.exposed", light: "red" });
  });

  it("were not seen when there was no answer", () => {
    expect(judgeAnonymous({ kind: "unknown" }, "beyond")).toMatchObject({ light: "grey", applies: false });
  });
});
