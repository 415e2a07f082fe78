import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ConfigFacts } from "./config-facts.ts";
import { judgeConfig, judgeUnreadable } from "./judge-config.ts";
import { looksLikeToken, parseConfigWith } from "./parse-config.ts";

const sample = new URL("../../../../../../shared/samples/openclaw/state-openclaw.json", import.meta.url).pathname;
/** A value as the configuration writes it when it comes from a variable. */
const reference = (name: string): string => `\${${name}}`;
const SECRET = "tok-canary-0123456789abcdef";

/** Reads a text as the config-file probe would, and keeps what the redactor was told. */
function read(text: string) {
  const learned: string[] = [];
  const parsed = parseConfigWith((secret) => `fp-${secret.length}`)(text, { learnSecret: (value) => learned.push(value) });
  return { parsed, learned };
}
function facts(value: unknown): ConfigFacts {
  const { parsed } = read(JSON.stringify(value));
  if (!parsed.ok) throw new Error("the test's own configuration is broken");
  return parsed.value;
}
const valid = { gateway: { mode: "local", auth: { mode: "token", token: SECRET } }, meta: { lastTouchedVersion: "2026.9.6" } };

describe("reading openclaw.json", () => {
  it("reads JSON5 with comments and trailing commas", () => {
    const { parsed } = read("// mine\n{ gateway: { mode: 'local', port: 19001, }, }");
    expect(parsed).toMatchObject({ ok: true, value: { gateway: { mode: "local", port: 19001 } } });
  });

  it.each([0, -5, 65_536, 99_999_999, 18.5, "18789", null, [18_789]])("takes %j for no port, and says so", (port) => {
    const read = facts({ gateway: { mode: "local", port } });
    expect(read.gateway.port).toBeUndefined();
    expect(read.problems.map(({ path }) => path)).toEqual(["gateway.port"]);
  });

  it.each([
    ['{ "$include": "./base.json5" }', true],
    ["{ channels: { telegram: { $include: ['a.json5'] } } }", true],
    ["{ gateway: { mode: 'local' } }", undefined],
  ])("knows whether %s leaves something to other files", (text, includes) => {
    const { parsed } = read(text);
    expect(parsed.ok ? parsed.value.includes : "broken").toBe(includes);
  });

  it("tells the redactor each secret and keeps none in the facts", () => {
    const { parsed, learned } = read(JSON.stringify({ gateway: { auth: { token: SECRET }, remote: { password: "pass-word-canary-17" } } }));
    expect(learned).toEqual([SECRET, "pass-word-canary-17"]);
    expect(JSON.stringify(parsed)).not.toMatch(/canary/);
    expect(parsed).toMatchObject({
      ok: true,
      value: { gateway: { auth: { token: { kind: "literal", fingerprint: `fp-${SECRET.length}`, sane: true } } } },
    });
  });

  it.each([
    [reference("GATEWAY_TOKEN"), { kind: "reference", source: "env", id: "GATEWAY_TOKEN" }],
    [
      { source: "file", provider: "default", id: "/run/token" },
      { kind: "reference", source: "file", id: "/run/token" },
    ],
    [
      { source: "vault9", id: "x" },
      { kind: "reference", source: "other", id: "x" },
    ],
    ["__OPENCLAW_REDACTED__", { kind: "placeholder" }],
    ["   ", { kind: "placeholder" }],
    ["undefined", { kind: "placeholder" }],
    [17, { kind: "absent" }],
    ["short", { kind: "literal", fingerprint: "fp-5", sane: false }],
  ])("reads the token %j", (token, wanted) => {
    expect(facts({ gateway: { mode: "local", auth: { token } } }).gateway.auth.token).toEqual(wanted);
  });

  it.each([
    ["I copied the token; use pbpaste", false],
    ["$env:OPENCLAW_GATEWAY_TOKEN", false],
    ["0123456789abcdef", true],
    ["0123456789abcde", false],
  ])("knows whether %s can be a token", (value, sane) => {
    expect(looksLikeToken(value)).toBe(sane);
  });

  it("names line and column of a syntax problem without quoting the file", () => {
    const { parsed } = read(`{\n  "gateway": { "auth": { "token": "${SECRET}" }\n  oops\n}`);
    expect(parsed).toMatchObject({ ok: false, problem: { line: 3, column: expect.any(Number) } });
    expect(JSON.stringify(parsed)).not.toContain("canary");
    expect(read('{ "a": 1').parsed).toMatchObject({ ok: false, problem: { message: "the text ends in the middle" } });
  });

  it.each(["[]", "7", '"text"', "null"])("wants one object, not %s", (text) => {
    expect(read(text).parsed).toMatchObject({ ok: false });
  });

  it("inherits channel settings in accounts, and counts instead of naming people", () => {
    const { channels } = facts({
      channels: {
        telegram: { dmPolicy: "allowlist", allowFrom: ["77", "78"], accounts: { work: { dmPolicy: "pairing" }, home: {} } },
        defaults: { groupPolicy: "open" },
      },
    });
    expect(channels).toMatchObject([
      { channel: "telegram", account: "work", dmPolicy: "pairing", allowFrom: 2 },
      { channel: "telegram", account: "home", dmPolicy: "allowlist", allowFrom: 2 },
    ]);
    expect(JSON.stringify(channels)).not.toContain("77");
  });

  it("finds models with the long context and servers on private addresses", () => {
    const read = facts({
      agents: {
        defaults: { model: { primary: "a/b", fallbacks: ["c/d"] }, models: { "a/b": { params: { context1m: true } }, "c/d": {} } },
      },
      models: { providers: { ollama: { baseUrl: "http://192.168.1.9:11434/v1" }, cloud: { baseUrl: "https://api.example.com" } } },
    });
    expect(read.model).toEqual({ primary: "a/b", fallbacks: ["c/d"], longContext: ["a/b"] });
    expect(read.localBackends).toEqual([{ provider: "ollama", baseUrl: "http://192.168.1.9:11434/v1", models: [] }]);
  });

  it("notices known keys with impossible values, and leaves unknown keys alone", () => {
    expect(facts({ gateway: { mode: "local", port: "18789", bind: "everywhere" } }).problems.map((one) => one.path)).toEqual([
      "gateway.port",
      "gateway.bind",
    ]);
    expect(facts({ gateway: { mode: "local", somethingNew: 1 }, alsoNew: {} }).problems).toEqual([]);
  });

  it.runIf(existsSync(sample))("reads a real file without complaint (needs samples)", () => {
    const { parsed } = read(readFileSync(sample, "utf8"));
    expect(parsed).toMatchObject({
      ok: true,
      value: { lastTouchedVersion: "2026.9.6", problems: [], gateway: { mode: "local", bind: "loopback" } },
    });
    if (parsed.ok) expect(judgeConfig(parsed.value, true)).toEqual([]);
  });
});

describe("judging openclaw.json", () => {
  const judge = (value: unknown, up = true) =>
    judgeConfig(facts(value), up).map(({ code, light }) => [code.replace("openclaw.", ""), light]);

  it("is silent about a healthy one", () => {
    expect(judge(valid)).toEqual([]);
  });

  it("is red about a missing mode when the gateway is down, and warns when it still runs", () => {
    expect(judge({ gateway: { auth: valid.gateway.auth } }, false)).toEqual([["config.invalid", "red"]]);
    expect(judge({ gateway: { auth: valid.gateway.auth } }, true)).toEqual([["config.invalid", "amber"]]);
  });

  it.each([
    [{ mode: "token", token: "__OPENCLAW_REDACTED__" }, [["auth.token-missing", "amber"]]],
    [{ mode: "token", token: "copied from the screen" }, [["auth.token-missing", "amber"]]],
    [{ mode: "password" }, [["auth.token-missing", "amber"]]],
    [{ token: SECRET, password: "another-secret-value" }, [["auth.duplicate-secrets", "red"]]],
  ])("judges gateway.auth %j", (auth, wanted) => {
    expect(judge({ gateway: { mode: "local", auth } })).toEqual(wanted);
  });

  it.each([
    [{ bind: "lan", auth: { mode: "none" } }, [["security.exposed", "red"]]],
    [{ bind: "lan" }, [["security.exposed", "amber"]]],
    [{ bind: "loopback", auth: { mode: "none" } }, []],
    [{ bind: "tailnet", auth: { mode: "token", token: SECRET } }, []],
    [{ bind: "lan", auth: { mode: "token", token: reference("FROM_UNIT") } }, []],
    [{ tailscale: { mode: "funnel" }, auth: { mode: "none" } }, [["security.exposed", "red"]]],
  ])("judges who can reach it: %j", (gateway, wanted) => {
    expect(judge({ gateway: { mode: "local", ...gateway } })).toEqual(wanted);
  });

  it.each([
    [{ telegram: { dmPolicy: "allowlist", allowFrom: [] } }, [["channel.policy-blocks", "amber"]]],
    [{ telegram: { dmPolicy: "disabled", groupPolicy: "disabled" } }, [["channel.policy-blocks", "amber"]]],
    [{ telegram: { enabled: false, dmPolicy: "allowlist" } }, []],
    [{ telegram: { dmPolicy: "pairing" } }, []],
    [{ discord: { guilds: { a: {} }, requireMention: true } }, [["channel.mention-gated", undefined]]],
  ])("judges who may write: %j", (channels, wanted) => {
    expect(judge({ ...valid, channels })).toEqual(wanted);
  });

  it("misses browser in plugins.allow only when a browser is configured", () => {
    expect(judge({ ...valid, browser: { enabled: true }, plugins: { allow: ["telegram"] } })).toEqual([["browser.unavailable", undefined]]);
    expect(judge({ ...valid, plugins: { allow: ["telegram"] } })).toEqual([]);
    expect(judge({ ...valid, browser: { enabled: true }, plugins: { allow: ["browser"] } })).toEqual([]);
    expect(judge({ ...valid, browser: { enabled: true } })).toEqual([]);
  });

  it("says where an unreadable file ends to make sense", () => {
    const [raised] = judgeUnreadable({ line: 12, column: 3, message: "this is not valid JSON5" }, true);
    expect([raised?.light, raised?.params?.["named"], raised?.evidence.length]).toEqual(["amber", "(line 12)", 2]);
    expect(judgeUnreadable({ message: "x" }, false)[0]?.light).toBe("red");
  });
});
