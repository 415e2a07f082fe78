import { describe, expect, it } from "vitest";
import { onMac, running } from "../../../../tests/support/openclaw-outside.ts";
import { remedyPlaceOf } from "../../../../tests/support/openclaw-remedy-place.ts";
import type { Check } from "../../../core/model/check.ts";
import { collect, type LogHit } from "../../probes/log-signature/collect.ts";
import { bindChecks } from "./checks/index.ts";
import { judgeLive } from "./checks/live.ts";
import { healthyConfig, type MacChanges } from "./demos/mac-world.ts";
import { judgeClose, readShutdown } from "./knowledge/close-codes.ts";
import { comparisons } from "./knowledge/cross-check.ts";
import { looksLikeToken } from "./knowledge/parse-config.ts";
import { findPlace } from "./place/place.ts";
import { linkTo } from "./protocol/link.ts";
import { remediesFor } from "./remedies/index.ts";
import { OpenClawSettings } from "./settings.ts";
import { logSignatures, readLogLine } from "./signatures/index.ts";

async function verdictOf(changes: MacChanges, pick: (checks: ReturnType<typeof bindChecks>) => Check<never> | Check | undefined) {
  const there = onMac(changes);
  const settings = OpenClawSettings.parse({ introduceDevice: "never" });
  const place = await findPlace(settings, there.context);
  if (place === null) throw new Error("not found");
  const check = pick(bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, settings)) as
    | Check
    | undefined;
  if (check === undefined) throw new Error("no such check");
  return check.judge(await running(there, check.observe(there.context)), []);
}
const hits = (line: string): readonly string[] => {
  const found = new Map<string, LogHit>();
  collect(found, logSignatures, readLogLine, { path: "/l", lines: [line], fresh: true, nowMs: 1_795_000_000_000, windowMs: 900_000 });
  return [...found.values()].map((hit) => hit.code);
};
const answered = (body: string) => ({ kind: "answered" as const, status: 200, headers: {}, body, truncated: false, durationMs: 1 });
const fine = { answers: "yes", letsIn: "yes", channelsWork: "yes", configValid: "yes" } as const;

/** What makes naive clients of OpenClaw lie, in both directions. One test for each. */
describe("the twelve traps", () => {
  it("1: `gateway status` ends with 0 whatever happens; its body is read, not its exit code", () => {
    const [, letsIn] = comparisons({ status: { rpc: { ok: false, gatewayReached: true, error: "token mismatch" } } }, fine);
    expect(letsIn).toMatchObject({ theirs: "no" });
  });

  it("2: a probe that says ok with a rejected token inside is not believed: we log in ourselves", async () => {
    expect(await verdictOf({ peer: { token: "rotated" } }, (checks) => checks.session)).toMatchObject({ light: "red" });
  });

  it("3: a connection without operator rights is normal for a bare token, and no lamp", async () => {
    const verdict = await verdictOf({ peer: { paired: false } }, (checks) => checks.session);
    expect(verdict).toMatchObject({ light: "green", findings: [{ code: "openclaw.auth.scope-limited", light: "green" }] });
  });

  it("4: the health answer is ok with all channels dead; channels are judged one by one", async () => {
    const verdict = await verdictOf({ payload: { telegramError: "ENETUNREACH" } }, (checks) => checks.channels);
    expect(verdict.light).toBe("red");
  });

  it("5: a status text is split over two streams; nothing of ours depends on either", () => {
    expect(hits("2026-11-20T17:59:00.000Z Connectivity probe: failed")).toEqual([]);
  });

  it("6: only the gateway's schema knows whether a readable file is valid, so it is asked", async () => {
    const answers = { "config.get": { valid: false, issues: [{ path: "gateway", message: "Unrecognized key" }] } };
    expect(await verdictOf({ peer: { answers } }, (checks) => checks.schema)).toMatchObject({
      findings: [{ code: "openclaw.config.invalid" }],
    });
    expect(await verdictOf({ peer: { answers } }, (checks) => checks.config)).toMatchObject({ light: "green" });
  });

  it("7: a credential called ok may be unusable; the log of real turns is heard too", () => {
    const line = JSON.stringify({
      "0": '{"subsystem":"agent/embedded"}',
      "1": {
        event: "embedded_run_agent_end",
        isError: true,
        provider: "anthropic",
        httpCode: "401",
        providerErrorMessagePreview: "invalid x-api-key",
      },
      "2": "embedded run agent end",
      time: "2026-11-18T11:06:40.000Z",
      _meta: {},
    });
    expect(hits(line)).toContain("openclaw.provider.credential-expired");
  });

  it("8: a second instance asks for doctor --fix; that is noted as one, and no plan of ours runs it", () => {
    for (const remedy of remediesFor(remedyPlaceOf()))
      for (const { effect } of remedy.plan({}))
        if (effect.do === "run-command") expect(effect.argv.join(" "), remedy.id).not.toMatch(/doctor.*--(?:fix|repair)/);
  });

  it("9: any path answers 200 with a web page; only the exact body is the gateway", () => {
    expect(judgeLive({ answer: answered("<!doctype html>"), elsewhere: [] }, "u", 1).light).toBe("red");
    expect(judgeLive({ answer: answered('{"ok":true,"status":"live"}'), elsewhere: [] }, "u", 1).light).toBe("green");
  });

  it("10: doctor is only ever asked to look, on demand, outside the light", async () => {
    const there = onMac();
    const place = await findPlace(OpenClawSettings.parse({}), there.context);
    if (place === null) throw new Error("not found");
    const { deep } = bindChecks({ place, link: linkTo(there.ports, "ws://x"), bootGraceMs: 1 }, OpenClawSettings.parse({}));
    for (const check of Object.values(deep)) expect(check).toMatchObject({ lane: "deep", drivesLight: false });
  });

  it("11: the word printed in place of a secret is no secret", async () => {
    expect(looksLikeToken("__OPENCLAW_REDACTED__ ")).toBe(false);
    const config = { ...healthyConfig(), gateway: { mode: "local", auth: { mode: "token", token: "__OPENCLAW_REDACTED__" } } };
    const verdict = await verdictOf({ config }, (checks) => checks.session);
    expect(verdict.findings?.map((one) => one.code)).toContain("openclaw.secrets.ref-unresolved");
  });

  it("12: stop and restart close alike; the shutdown event tells them apart", () => {
    expect(judgeClose({ code: 1012, reason: "service restart" })[0]?.code).toBe("openclaw.gateway.booting");
    expect(readShutdown({ reason: "gateway restarting", restartExpectedMs: 1_500 })).toMatchObject({ restart: true });
    expect(readShutdown({ reason: "gateway stopping" })).toMatchObject({ restart: false });
  });
});
