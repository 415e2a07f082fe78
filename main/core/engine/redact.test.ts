import { describe, expect, it } from "vitest";
import { createRedactor } from "./redact.ts";

describe("learned secrets", () => {
  it("hides a learned value wherever it stands, also URL-encoded and inside JSON text", () => {
    const redactor = createRedactor();
    const secret = `p@ss "w0rd"/1`;
    redactor.learn(secret, "gateway password");
    for (const text of [`got ${secret}!`, `x?y=${encodeURIComponent(secret)}`, JSON.stringify({ a: secret })]) {
      const cleaned = redactor.text(text);
      expect(cleaned).toContain("‹gateway password");
      expect(cleaned).not.toContain("w0rd");
    }
  });

  it("hides the longer of two secrets whole", () => {
    const redactor = createRedactor();
    redactor.learn("abcdef", "short");
    redactor.learn("abcdefghij", "long");
    expect(redactor.text("abcdefghij")).toBe("‹long, 10 chars›");
  });

  it("hides what a shortened text left of a learned value, at either end", () => {
    const redactor = createRedactor();
    const secret = "Zq3-unguessable-Value-0987";
    redactor.learn(secret, "gateway password");
    for (let cut = 1; cut < secret.length - 12; cut += 1) {
      for (const piece of [secret.slice(0, -cut), secret.slice(cut)]) {
        const cleaned = redactor.text(`got ${piece}… and ${piece}`);
        expect(cleaned.match(/‹part of gateway password/g)).toHaveLength(2);
        expect(cleaned).not.toContain(piece.slice(0, 8));
      }
    }
    expect(redactor.text(secret)).toBe("‹gateway password …0987, 26 chars›");
  });

  it("leaves a public beginning readable, which every secret of its kind has", () => {
    const redactor = createRedactor();
    redactor.learn("sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUv", "setup token");
    expect(redactor.text("tokens begin with sk-ant-oat01- here")).toBe("tokens begin with sk-ant-oat01- here");
  });

  it("does not keep values too short to be told from ordinary text", () => {
    const redactor = createRedactor();
    redactor.learn("on", "flag");
    expect(redactor.text("gateway is on")).toBe("gateway is on");
  });

  it("hides a value in a text that was cleaned before the value was known", () => {
    const redactor = createRedactor();
    expect(redactor.text("the word is opensesame")).toContain("opensesame");
    redactor.learn("opensesame", "password");
    expect(redactor.text("the word is opensesame")).toBe("the word is ‹password, 10 chars›");
  });

  it("cleans every string of nested data, keys too, and leaves the rest alone", () => {
    const redactor = createRedactor();
    redactor.learn("hunter2hunter2", "password");
    const cleaned = redactor.deep({ a: [1, true, null, { hunter2hunter2: "x hunter2hunter2" }] });
    expect(JSON.stringify(cleaned)).not.toContain("hunter2");
    expect(cleaned.a.slice(0, 3)).toEqual([1, true, null]);
  });
});

describe("a secret that is an ordinary word", () => {
  const redactor = createRedactor();
  for (const word of ["openclaw", "findings", "session", "openclaw.ladder"]) redactor.learn(word, "gateway token");
  const finding = { code: "openclaw.ladder", followers: ["openclaw.ladder"], title: "openclaw fails", source: "session" };
  const cleaned = redactor.deep({
    id: "openclaw",
    light: "red",
    findings: [finding],
    checks: [{ id: "session", summary: "the session ends" }],
  });

  it("leaves ids, codes and fields readable, by which others look things up", () => {
    expect(cleaned).toMatchObject({ id: "openclaw", findings: [{ code: "openclaw.ladder", followers: ["openclaw.ladder"] }] });
    expect(cleaned.checks[0]?.id).toBe("session");
  });

  it("is hidden in every text", () => {
    expect(cleaned.findings[0]?.title).toBe("‹gateway token, 8 chars› fails");
    expect(cleaned.findings[0]?.source).toBe("‹gateway token, 7 chars›");
    expect(cleaned.checks[0]?.summary).toBe("the ‹gateway token, 7 chars› ends");
  });

  it("is hidden in a field of ours that holds more than a word", () => {
    expect(redactor.deep({ code: "the token is openclaw" })).toEqual({ code: "the token is ‹gateway token, 8 chars›" });
  });
});

describe("known shapes", () => {
  const redactor = createRedactor();
  it.each([
    ["sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789", "Anthropic token"],
    ["Authorization: Bearer abcdef0123456789", "bearer token"],
    ["postgres://me:letmein@db/x", "password in an address"],
    ["http://127.0.0.1:18789/#token=5f1e5f1e5f1e", "token in an address"],
    ['{"OPENCLAW_GATEWAY_TOKEN":"c0ffeec0ffeec0ffee"}', "secret value"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def", "JSON web token"],
    ["123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-x", "bot token"],
    ["-----BEGIN PRIVATE KEY-----\nMIIEv\n-----END PRIVATE KEY-----", "private key"],
    ["0123456789abcdef0123456789abcdef0123456789abcdef", "long hex value"],
    ["node gateway --token hunter2AbCdEfGh --port 18789", "secret argument"],
    ['["node","gateway","--gateway-password","letmein-letmein-letmein"]', "secret argument"],
  ])("names what it hid in %s", (text, kind) => {
    const cleaned = redactor.text(text);
    expect(cleaned).toContain(`‹${kind}`);
    expect(cleaned).not.toMatch(/AbCdEfGh|abcdef0123|letmein|5f1e5f1e|c0ffeec0|eyJzdWI|AAHdq|MIIEv|0123456789abcdef0/);
  });

  it.each([
    "unauthorized: gateway token mismatch (provide gateway auth token)",
    "reason=token_mismatch auth=token device=no",
    'tokenStatus: "available", tokenSource: "config"',
    "openclaw devices rotate --device 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef --role operator",
    "commit 91ee09700000000000000000000000000000abcd",
    "set --token or --password, or pass --password instead",
    "--token requires a value; use --token <token> or --token $TOKEN",
    "openclaw gateway auth-token --show",
    "requestId: 442bf38d-1ec3-402f-9aa3-aeeed0387b68",
  ])("leaves %s readable", (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  it("cleans text that was cleaned before without harm", () => {
    const once = redactor.text("token=sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUv");
    expect(redactor.text(once)).toBe(once);
  });

  it("takes linear time on hostile text", () => {
    const started = performance.now();
    redactor.text(`${"a".repeat(200_000)} ${"token=".repeat(20_000)} ${"-----BEGIN PRIVATE KEY-----".repeat(2_000)}`);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
