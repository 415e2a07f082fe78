import { describe, expect, it } from "vitest";
import { answeredSaid, channelsSaid, doctorSaid, letInSaid, reachedSaid } from "./slow-answers.ts";

const account = { accountId: "default", enabled: true, configured: true, running: true, connected: true };
const doctor = (severity: string) => ({
  findings: [{ checkId: "core/doctor/gateway-config", severity, message: "gateway.mode is unset" }],
});

describe("what OpenClaw's slow commands say", () => {
  it.each([
    [{ gateway: { reachable: true } }, "yes", "it was reached"],
    [{ gateway: { reachable: false, error: "connect ECONNREFUSED" } }, "no", "connect ECONNREFUSED"],
    [{ gateway: {} }, "unknown", "no error given"],
    ["nonsense", "unknown", "no error given"],
  ])("status %j means %s", (payload, state, said) => {
    expect(reachedSaid(payload)).toEqual({ state, said });
  });

  it.each([
    [{ rpc: { ok: true } }, "yes", "yes"],
    [{ rpc: { ok: false, gatewayReached: true, error: "unauthorized" } }, "yes", "no"],
    [{ rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "refused" } }, "no", "no"],
    [{ rpc: { ok: false } }, "unknown", "no"],
    [undefined, "unknown", "unknown"],
  ])("gateway status %j: answered %s, let in %s", (payload, answered, letIn) => {
    expect([answeredSaid(payload).state, letInSaid(payload).state]).toEqual([answered, letIn]);
  });

  it("is about channels that are set up, and nothing without one", () => {
    expect(channelsSaid({ ts: 1, channelAccounts: { telegram: [account] } }).state).toBe("yes");
    expect(channelsSaid({ ts: 1, channelAccounts: { telegram: [{ ...account, running: false }] } })).toMatchObject({
      state: "no",
      said: "not running",
    });
    expect([channelsSaid({ channelAccounts: {} }).state, channelsSaid(undefined).state]).toEqual(["unknown", "unknown"]);
  });

  it("takes the doctor's errors as a no, its warnings only where they are about the thing asked", () => {
    expect([doctorSaid(doctor("error")).state, doctorSaid(doctor("warning")).state]).toEqual(["no", "yes"]);
    expect(doctorSaid(doctor("warning"), "openclaw.config.invalid")).toEqual({ state: "no", said: "gateway.mode is unset" });
    expect(doctorSaid(doctor("warning"), "openclaw.security.exposed").state).toBe("yes");
    expect(doctorSaid(undefined).state).toBe("unknown");
  });
});
