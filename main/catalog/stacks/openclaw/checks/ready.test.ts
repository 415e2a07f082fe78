import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { judgeReadiness, readReadiness } from "./ready.ts";

const answered = (body: unknown, status = 200): HttpAnswer => ({
  kind: "answered",
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
  truncated: false,
  durationMs: 3,
});
const loop = (over: Readonly<Record<string, unknown>>) => ({
  degraded: true,
  degradedSinceMs: 9_000,
  reasons: ["event_loop_delay"],
  delayP99Ms: 1_900,
  ...over,
});
const ready = (over: Readonly<Record<string, unknown>> = {}) => answered({ ready: true, failing: [], uptimeMs: 600_000, ...over });
const codes = (answer: HttpAnswer) => judgeReadiness(answer).findings?.map((one) => one.code) ?? [];

describe("readiness", () => {
  it("is green when the gateway says so, also to callers that hear only that", () => {
    expect(judgeReadiness(ready()).light).toBe("green");
    expect(judgeReadiness(answered({ ready: true })).light).toBe("green");
  });

  it.each(["startup-sidecars", "gateway-draining"])("waits while %s holds it up", (why) => {
    expect(codes(answered({ ready: false, failing: [why] }, 503))).toEqual(["openclaw.gateway.booting"]);
  });

  it("takes a no without a reason for a start", () => {
    expect(codes(answered({ ready: false }, 503))).toEqual(["openclaw.gateway.booting"]);
  });

  it("names a channel that holds it up, and inner trouble as a layer that disagrees", () => {
    const verdict = judgeReadiness(answered({ ready: false, failing: ["telegram", "state-database", "agent-database:main"] }, 503));
    expect(verdict.findings?.map((one) => one.code)).toEqual(["openclaw.channel.failing", "openclaw.ladder"]);
    expect(verdict.findings?.[0]?.params).toEqual({ named: "(telegram)" });
    expect(verdict.findings?.[1]?.evidence[0]?.text).toContain("state-database, agent-database:main");
  });

  it("speaks of overload only when delays are felt and the start is over", () => {
    expect(codes(ready({ eventLoop: loop({}) }))).toEqual(["openclaw.gateway.event-loop-degraded"]);
    expect(codes(ready({ eventLoop: loop({ reasons: ["cpu"], delayP99Ms: 40 }) }))).toEqual([]);
    expect(codes(ready({ eventLoop: loop({ reasons: ["cpu"], delayP99Ms: 800 }) }))).toEqual(["openclaw.gateway.event-loop-degraded"]);
    expect(codes(ready({ eventLoop: loop({}), uptimeMs: 5_000 }))).toEqual([]);
    expect(codes(ready({ eventLoop: loop({ degraded: false }) }))).toEqual([]);
  });

  it.each([answered("<html>"), answered("[]"), answered({ ready: "yes" }), { kind: "refused", reason: "", durationMs: 1 } as HttpAnswer])(
    "has nothing to say about %j",
    (answer) => {
      expect(judgeReadiness(answer)).toMatchObject({ light: "grey", applies: false });
    },
  );

  it("reads what it is given and leaves out the rest", () => {
    expect(readReadiness(undefined)).toEqual({ failing: [] });
    expect(readReadiness(ready({ eventLoop: loop({ delayP99Ms: "slow", reasons: [1, "cpu"] }) }))).toEqual({
      ready: true,
      failing: [],
      uptimeMs: 600_000,
      strained: { reasons: ["cpu"], forMs: 9_000 },
    });
  });
});
