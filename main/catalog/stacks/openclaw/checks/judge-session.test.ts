import { describe, expect, it } from "vitest";
import { judgeRefusal, judgeSession } from "./judge-session.ts";
import type { SessionSeen } from "./session.ts";

type In = Extract<SessionSeen, { kind: "in" }>;
const inside = (over: Partial<In> = {}): In => ({
  kind: "in",
  hello: { version: "2026.9.6", scopes: ["operator.read"], suspension: "accepting" },
  way: "shared",
  paired: true,
  refusals: [],
  sinceMs: 1,
  pingMs: 1,
  credentialFrom: "gateway.auth.token",
  ...over,
});
const refused = (said: unknown, over: Partial<Extract<SessionSeen, { kind: "refused" }>> = {}): SessionSeen => ({
  kind: "refused",
  way: "shared",
  said,
  refusals: [],
  atMs: 1,
  remembered: false,
  credentialFrom: "gateway.auth.token",
  ...over,
});
const mismatch = {
  code: "INVALID_REQUEST",
  message: "unauthorized: gateway token mismatch (provide gateway auth token)",
  details: { code: "AUTH_TOKEN_MISMATCH" },
};
const identity = { code: "NOT_PAIRED", message: "device identity required", details: { code: "DEVICE_IDENTITY_REQUIRED" } };
const codes = (seen: SessionSeen) => judgeSession(seen).findings?.map((one) => [one.code, one.light]) ?? [];

describe("being let in", () => {
  it("as an approved device is green without a word", () => {
    expect(judgeSession(inside())).toMatchObject({ light: "green", summary: "Let in as an approved device (2026.9.6)", findings: [] });
  });

  it("with the shared secret alone is green with a note, as for every probe", () => {
    expect(judgeSession(inside({ paired: false })).light).toBe("green");
    expect(codes(inside({ paired: false }))).toEqual([["openclaw.auth.scope-limited", "green"]]);
  });

  it("without the right to read says which right is missing", () => {
    const seen = inside({ paired: false, hello: { scopes: [] } });
    const finding = judgeSession(seen).findings?.[0];
    expect(finding).toMatchObject({ light: "green", params: { limits: expect.stringContaining("operator.read") } });
    expect(finding?.evidence[0]?.text).toBe("Granted: no rights; not an approved device");
  });

  it("is amber only for an approved device that lost the right", () => {
    expect(codes(inside({ paired: true, hello: { scopes: [] } }))).toEqual([["openclaw.auth.scope-limited", "amber"]]);
  });

  it("by older releases that name no rights counts as full", () => {
    expect(codes(inside({ hello: { version: "2026.4.26" } }))).toEqual([]);
  });

  it("by the second credential is amber about the first, and says that the other still works", () => {
    const verdict = judgeSession(inside({ way: "device", refusals: [{ way: "shared-as-device", said: mismatch }] }));
    expect(verdict.light).toBe("amber");
    expect(verdict.findings?.[0]).toMatchObject({ code: "openclaw.auth.token-mismatch", light: "amber" });
    expect(verdict.findings?.[0]?.evidence.at(-1)?.text).toBe("Our own device token still works");
  });

  it("and then no answer to a ping is half frozen", () => {
    expect(codes(inside({ pingMs: null }))).toEqual([["openclaw.gateway.frozen", "amber"]]);
  });

  it("by a gateway that takes no new work is a start or an end", () => {
    expect(codes(inside({ hello: { suspension: "suspended", scopes: ["operator.read"] } }))[0]?.[0]).toBe("openclaw.gateway.booting");
  });
});

describe("being turned away", () => {
  it("says which credential was sent, and never its value", () => {
    const verdict = judgeSession(refused(mismatch));
    expect(verdict).toMatchObject({ light: "red", summary: "Turned away: AUTH_TOKEN_MISMATCH" });
    expect(verdict.findings?.[0]).toMatchObject({ code: "openclaw.auth.token-mismatch" });
    expect(verdict.findings?.[0]?.evidence.at(-1)?.text).toBe("Sent gateway.auth.token");
  });

  it("with nothing to show is a missing token", () => {
    const seen = refused(identity, { way: "open", credentialProblem: { kind: "none-set", text: "no token is set" } });
    expect(codes(seen)).toEqual([["openclaw.auth.token-missing", undefined]]);
  });

  it("for want of a secret behind a reference names the reference first", () => {
    const seen = refused(identity, {
      way: "open",
      credentialProblem: { kind: "reference", text: "gateway.auth.token names the variable X" },
    });
    expect(codes(seen).map(([code]) => code)).toEqual(["openclaw.secrets.ref-unresolved", "openclaw.auth.token-missing"]);
  });

  it("at a gateway that lets in only whom its proxy vouches for is no fault, as long as that is all it says", () => {
    const seen = (said: unknown) => refused(said, { way: "open", credentialProblem: { kind: "proxy", text: "…" } });
    expect(judgeSession(seen(identity))).toEqual({ light: "grey", summary: "Lets in only whom its proxy vouches for", applies: false });
    expect(judgeSession(seen(mismatch)).light).toBe("red");
    expect(codes(seen({ code: "UNAVAILABLE", message: "x", details: { reason: "startup-sidecars" } }))).toEqual([
      ["openclaw.gateway.booting", undefined],
    ]);
  });

  it("while openclaw.json cannot be read proves nothing about the gateway", () => {
    const seen = refused(identity, { way: "open", credentialProblem: { kind: "unreadable", text: "…" } });
    expect(judgeSession(seen)).toEqual({ light: "grey", summary: "Cannot log in: openclaw.json cannot be read", applies: false });
  });

  it("for pairing carries the number of the request, which the plan needs", () => {
    const said = { message: "pairing required: device is not approved yet", details: { code: "PAIRING_REQUIRED", requestId: "442bf38d" } };
    expect(judgeRefusal(said)[0]).toMatchObject({ code: "openclaw.auth.pairing-required", params: { requestId: "442bf38d" } });
  });

  it("because it is still starting is no auth problem", () => {
    const said = { code: "UNAVAILABLE", message: "gateway starting; retry shortly", details: { reason: "startup-sidecars" } };
    expect(codes(refused(said)).map(([code]) => code)).toEqual(["openclaw.gateway.booting"]);
  });
});

describe("not getting that far", () => {
  const at = { credentialFrom: "gateway.auth.token" };
  it.each<[string, SessionSeen, string, string[]]>([
    [
      "a close while starting",
      { kind: "closed", close: { code: 1013, reason: "gateway starting" }, before: "answer", ...at },
      "amber",
      ["openclaw.gateway.booting"],
    ],
    ["a close without meaning", { kind: "closed", close: { code: 1000, reason: "" }, before: "challenge", ...at }, "grey", []],
    ["silence", { kind: "mute", before: "answer", ...at }, "grey", []],
    ["a stranger", { kind: "foreign", why: "it sent something that is not JSON", ...at }, "grey", []],
    [
      "a proxy that refuses",
      { kind: "unreachable", how: "rejected", status: 403, reason: "{}", ...at },
      "amber",
      ["openclaw.auth.plane-skew"],
    ],
    [
      "a proxy that sends elsewhere",
      { kind: "unreachable", how: "rejected", status: 302, reason: "", ...at },
      "amber",
      ["openclaw.auth.plane-skew"],
    ],
    ["a web server", { kind: "unreachable", how: "rejected", status: 200, reason: "<html>", ...at }, "grey", []],
    ["nobody", { kind: "unreachable", how: "refused", reason: "", ...at }, "grey", []],
    [
      "an answer that we did not want to read whole",
      { kind: "closed", close: { code: 1009, reason: "a frame was larger than allowed" }, before: "answer", ...at },
      "grey",
      [],
    ],
  ])("%s is told apart", (_what, seen, light, expected) => {
    expect(judgeSession(seen).light).toBe(light);
    expect(codes(seen).map(([code]) => code)).toEqual(expected);
  });

  it("by our own limit is not said to be the gateway's doing", () => {
    const closed = (close: { code: number; reason: string }) => judgeSession({ kind: "closed", close, before: "answer", ...at }).summary;
    expect(closed({ code: 1009, reason: "a frame was larger than allowed" })).toBe("Its answer is too long to be read whole");
    expect(closed({ code: 1009, reason: "message too big" })).toBe("Hung up before an answer (1009 message too big)");
  });
});
