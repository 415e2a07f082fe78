import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { isGateway, judgeLive } from "./live.ts";

const answered = (status: number, body: string): HttpAnswer => ({
  kind: "answered",
  status,
  headers: {},
  body,
  truncated: false,
  durationMs: 3,
});
const alive = answered(200, '{"status":"live","ok":true}');
const failed = (kind: "refused" | "timed-out" | "reset" | "tls-failed"): HttpAnswer => ({ kind, reason: "why", durationMs: 1 });
const judge = (answer: HttpAnswer, elsewhere: { address: string; answer: HttpAnswer }[] = []) =>
  judgeLive({ answer, elsewhere }, "http://127.0.0.1:1", 1);
const codes = (verdict: ReturnType<typeof judge>) => verdict.findings?.map((one) => one.code) ?? [];

describe("whether a gateway answers", () => {
  it("is told by the exact body, in whatever order", () => {
    expect(judge(alive)).toMatchObject({ light: "green", summary: "Says it is live, in 3 ms" });
  });

  it.each([
    ["a page that answers 200 to every path", answered(200, "<!doctype html><title>OpenClaw</title>")],
    ["more than the two fields", answered(200, '{"ok":true,"status":"live","extra":1}')],
    ["another status with the right body", answered(503, '{"ok":true,"status":"live"}')],
    ["nothing", answered(204, "")],
  ])("is no for %s, and somebody else has the port", (_what, answer) => {
    expect(isGateway(answer)).toBe(false);
    expect(judge(answer)).toMatchObject({ light: "red" });
    expect(codes(judge(answer))).toEqual(["openclaw.port.conflict"]);
  });

  it("is no when the connection is refused", () => {
    expect(judge(failed("refused"))).toMatchObject({ light: "red", summary: "Nothing answers on port 1" });
    expect(codes(judge(failed("refused")))).toEqual(["openclaw.gateway.not-running"]);
  });

  it("is yes under another address when only loopback refuses: then the address is the trouble", () => {
    const verdict = judge(failed("refused"), [{ address: "192.0.2.7", answer: alive }]);
    expect(verdict).toMatchObject({ light: "amber", summary: "Refused on loopback, answered on 192.0.2.7" });
    expect(codes(verdict)).toEqual(["openclaw.auth.plane-skew"]);
  });

  it("is unknown after silence or a broken way, never green and never a finding of its own", () => {
    for (const kind of ["timed-out", "reset", "tls-failed"] as const) {
      expect(judge(failed(kind)).light).toBe("grey");
      expect(codes(judge(failed(kind)))).toEqual([]);
    }
  });
});
