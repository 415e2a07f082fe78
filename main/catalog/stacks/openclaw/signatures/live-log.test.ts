import { describe, expect, it } from "vitest";
import { collect } from "../../../probes/log-signature/collect.ts";
import type { LogHit } from "../../../probes/log-signature/index.ts";
import { findings } from "../findings/index.ts";
import { judgeLog, logSignatures } from "./live-log.ts";
import { readLogLine } from "./log-line.ts";

const nowMs = Date.parse("2026-12-01T03:10:00.000Z");
const stamp = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();
const line = (text: string, seconds = 30): string => `${stamp(seconds)} ${text}`;

/** What the judge says after these lines arrived in a log that was already open. */
function verdict(lines: readonly string[]) {
  const hits = new Map<string, LogHit>();
  collect(hits, logSignatures, readLogLine, {
    path: "/tmp/openclaw/openclaw-2026-12-01.log",
    lines,
    fresh: true,
    nowMs,
    windowMs: 900_000,
  });
  return judgeLog({ read: ["/tmp/openclaw/openclaw-2026-12-01.log"], hits: [...hits.values()], skippedBytes: 0 });
}
const raised = (lines: readonly string[]) => verdict(lines).findings?.map(({ code, light }) => [code, light]) ?? [];

const wrongToken =
  "[gateway/ws] unauthorized conn=1 remote=127.0.0.1 client=openclaw-control-ui ui v1 role=operator auth=token device=no reason=token_mismatch guidance=x";

describe("watching the gateway log", () => {
  it("is green for a quiet log and grey without one", () => {
    expect(verdict([line("[gateway] ready")])).toMatchObject({ light: "green" });
    expect(judgeLog({ read: [], hits: [], skippedBytes: 0 })).toMatchObject({ light: "grey", applies: false });
  });

  it("waits for a second wrong log-in of some other client, and then only warns", () => {
    expect(raised([line(wrongToken)])).toEqual([]);
    expect(raised([line(wrongToken), line(wrongToken, 10)])).toEqual([["openclaw.auth.token-mismatch", "amber"]]);
  });

  it("counts a line once although several rules match it", () => {
    const twice = verdict([line(wrongToken), line(wrongToken, 5)]);
    expect(twice.findings?.[0]?.evidence[0]?.text).toContain("(2 times)");
  });

  it("does not alarm about its own visits", () => {
    const own = wrongToken.replace("client=openclaw-control-ui", "client=lamplighter");
    expect(raised([line(own), line(own), line(own)])).toEqual([]);
  });

  it("ignores what the command line tool wrote into the same file, except that it put a configuration back", () => {
    const tool = (text: string) => JSON.stringify({ "0": text, _meta: { date: stamp(20), name: "openclaw" }, message: text });
    expect(
      raised([
        tool("gateway connect failed: unauthorized: gateway token missing"),
        tool("unauthorized: gateway token missing"),
        tool("OpenClaw config is invalid: x"),
      ]),
    ).toEqual([]);
    expect(raised([tool("Config auto-restored from last-known-good: /h/openclaw.json (doctor-invalid-config)")])).toEqual([
      ["openclaw.config.restored", undefined],
    ]);
  });

  it("takes a skipped reload back once a later one was applied", () => {
    const skipped = line("[gateway/reload] config reload skipped (invalid config): gateway: Unrecognized key", 60);
    expect(raised([skipped])).toEqual([["openclaw.config.invalid", "amber"]]);
    expect(raised([skipped, line("[gateway/reload] config hot reload applied (gateway.port)", 20)])).toEqual([]);
  });

  it("takes a provider refusal back after a run that went well", () => {
    const bad = line(
      "[agent/embedded] embedded run agent end event=embedded_run_agent_end isError=true httpCode=401 providerErrorType=authentication_error",
      60,
    );
    expect(raised([bad])).toEqual([["openclaw.provider.credential-expired", "amber"]]);
    expect(raised([bad, line("[agent/embedded] embedded run agent end event=embedded_run_agent_end isError=false", 5)])).toEqual([]);
  });

  it.each([
    ["heartbeat skipped: quiet-hours", []],
    ["heartbeat skipped (reason=requests-in-flight)", []],
    ["heartbeat skipped: no-route", [["openclaw.cron.not-delivering", undefined]]],
    ["heartbeat skipped: alerts-disabled", [["openclaw.cron.not-delivering", undefined]]],
  ])("takes %s for what it is", (text, wanted) => {
    expect(raised([line(`[heartbeat] ${text}`)])).toEqual(wanted);
  });

  it("forgets lines older than the window", () => {
    expect(raised([line("[gateway] restart-loop breaker tripped: 3 unclean boot(s)", 1_200)])).toEqual([]);
    expect(raised([line("[gateway] restart-loop breaker tripped: 3 unclean boot(s)", 60)])).toEqual([
      ["openclaw.gateway.restart-storm", undefined],
    ]);
  });

  it("raises only codes that have words", () => {
    const known = new Set(findings.map((kind) => kind.code));
    expect(logSignatures.map((rule) => rule.code).filter((code) => !known.has(code))).toEqual([]);
  });
});
