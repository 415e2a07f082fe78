import { describe, expect, it } from "vitest";
import type { Past } from "../../../../core/model/check.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import { judgeService, type ServiceSeen, stateOf } from "./service-unit.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const nowMs = 1_795_000_000_000;
const loaded = (over: Partial<Loaded> = {}): Loaded => ({ kind: "loaded", state: "running", rawState: "active", runs: 0, ...over });
const seen = (reading: ServiceReading, over: Partial<ServiceSeen> = {}): ServiceSeen => ({
  reading,
  linger: "not-applicable",
  atMs: nowMs,
  ...over,
});
const expected = {
  label: "openclaw-gateway.service",
  port: 18_789,
  stateDir: "/h/.openclaw",
  configPath: "/h/.openclaw/openclaw.json",
  home: "/h",
};
const judge = (one: ServiceSeen, past: readonly Past<ServiceSeen>[] = []) => judgeService(one, past, expected);
const codes = (one: ServiceSeen) => judge(one).findings?.map((finding) => finding.code) ?? [];

describe("the service unit", () => {
  it("runs", () => {
    expect(judge(seen(loaded({ pid: 5 })))).toMatchObject({ light: "green", summary: "openclaw-gateway.service runs", findings: [] });
  });

  it("that is young and was restarted twice is a loop at the first look, although it runs just now", () => {
    const young = loaded({ runs: 2, sinceMs: nowMs - 3_000 });
    expect(stateOf(seen(young), [])).toBe("crash-loop");
    expect(stateOf(seen({ ...young, sinceMs: nowMs - 600_000 }), [])).toBe("up");
    expect(stateOf(seen({ ...young, runs: 1 }), [])).toBe("up");
  });

  it("that waits for its next start is a loop, with the last end in words", () => {
    const verdict = judge(
      seen(loaded({ state: "waiting-to-restart", rawState: "auto-restart", runs: 3, lastEnd: { exitCode: 1, reason: "exit-code" } })),
    );
    expect(verdict.light).toBe("red");
    expect(verdict.findings?.[0]).toMatchObject({ code: "openclaw.service.crash-loop" });
    expect(verdict.findings?.[0]?.evidence[0]?.text).toContain("3 restarts counted, last run ended with 1");
    expect(verdict.summary.length).toBeLessThanOrEqual(100);
  });

  it("that starts a file which is not there says so, as a loop and once systemd gave up", () => {
    const missing = ["/opt/openclaw/dist/index.js"];
    for (const state of ["waiting-to-restart", "failed"] as const) {
      const reading = loaded({ state, rawState: state, gaveUp: state === "failed", lastEnd: { exitCode: 1 } });
      const [finding] = judge(seen(reading, { missing })).findings ?? [];
      expect(finding?.params).toMatchObject({ missing: missing[0] });
      expect(finding?.evidence.at(-1)?.text).toBe("It starts /opt/openclaw/dist/index.js, and there is no such file");
      expect(judge(seen(reading)).findings?.[0]?.params).not.toHaveProperty("missing");
    }
  });

  it("that ended with 78 has a word from the gateway itself: not a missing program", () => {
    const ended = loaded({ state: "failed", rawState: "failed", lastEnd: { exitCode: 78 } });
    expect(stateOf(seen(ended), [])).toBe("stopped-failed");
    expect(codes(seen(ended))).toEqual([]);
    expect(stateOf(seen({ ...ended, state: "waiting-to-restart" }), [])).toBe("crash-loop");
  });

  it("that systemd gave up on loops no more, and will not come back by itself", () => {
    const gaveUp = loaded({ state: "failed", rawState: "failed", gaveUp: true, lastEnd: { exitCode: 1 } });
    expect(codes(seen(gaveUp))).toEqual(["openclaw.service.gave-up"]);
  });

  it("without linger ends with the session, which matters only while it runs", () => {
    expect(codes(seen(loaded(), { linger: "off" }))).toEqual(["openclaw.service.will-not-survive"]);
    expect(codes(seen(loaded(), { linger: "on" }))).toEqual([]);
    expect(codes(seen(loaded({ state: "stopped", rawState: "inactive" }), { linger: "off" }))).toEqual([]);
  });

  it.each<[ServiceReading, string]>([
    [{ kind: "not-installed" }, "started by hand"],
    [{ kind: "not-loaded", definitionPath: "/p", disabled: false }, "not loaded"],
    [{ kind: "not-loaded", definitionPath: "/p", disabled: true }, "switched off"],
    [loaded({ state: "stopped", rawState: "inactive", lastEnd: { exitCode: 0 } }), "was stopped"],
    [{ kind: "unknown", reason: "no-session", detail: "" }, "nobody is logged in"],
  ])("%j is told and left to the rest: the gateway may run without it", (reading, words) => {
    const verdict = judge(seen(reading));
    expect(verdict).toMatchObject({ light: "grey", applies: false });
    expect(verdict.summary).toContain(words);
  });

  it("cannot be asked without a user bus, which is a note", () => {
    expect(judge(seen({ kind: "unknown", reason: "no-bus", detail: "" })).findings).toMatchObject([
      { code: "openclaw.service.will-not-survive", light: "green" },
    ]);
  });

  it("that starts another port than the configuration names is told", () => {
    expect(codes(seen(loaded({ argv: ["node", "/x/openclaw/dist/index.js", "gateway", "--port", "1"] })))).toContain(
      "openclaw.service.config-mismatch",
    );
  });
});
