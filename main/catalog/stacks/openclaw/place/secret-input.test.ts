import { describe, expect, it } from "vitest";
import { readSecretInput, resolveSecret, type SecretSources } from "./secret-input.ts";

const sources = (over: Partial<SecretSources> = {}): SecretSources => ({
  variable: async () => undefined,
  file: async () => undefined,
  providers: {},
  ...over,
});
const variable = (name: string): string => `$${`{${name}}`}`;
const resolve = (value: unknown, over: Partial<SecretSources> = {}) =>
  resolveSecret(readSecretInput(value), "gateway.auth.token", sources(over));

describe("a secret in openclaw.json", () => {
  it.each([
    [" literal-token ", { kind: "literal", value: "literal-token" }],
    [variable("MY_TOKEN"), { kind: "variable", name: "MY_TOKEN" }],
    ["$MY_TOKEN", { kind: "variable", name: "MY_TOKEN" }],
    [
      { source: "env", provider: "default", id: "X" },
      { kind: "variable", name: "X" },
    ],
    [
      { source: "store", id: "X" },
      { kind: "reference", source: "store", provider: "default", id: "X" },
    ],
    ["__OPENCLAW_REDACTED__", { kind: "placeholder" }],
    ["undefined", { kind: "placeholder" }],
    ["  ", { kind: "placeholder" }],
    [{ source: "env" }, { kind: "placeholder" }],
    [undefined, { kind: "absent" }],
    [42, { kind: "absent" }],
  ])("%j is understood", (value, expected) => {
    expect(readSecretInput(value)).toEqual(expected);
  });

  it("is the literal itself, or the variable's value with its place", async () => {
    expect(await resolve("tok")).toEqual({ kind: "found", value: "tok", from: "gateway.auth.token" });
    const set = { variable: async () => ({ value: "v", from: "the service unit" }) };
    expect(await resolve(variable("T"), set)).toEqual({ kind: "found", value: "v", from: "the service unit" });
  });

  it.each([
    [variable("NOWHERE"), "names the variable NOWHERE"],
    [{ source: "exec", provider: "vault", id: "x" }, "points to a exec that only OpenClaw can open"],
    [{ source: "store", id: "X" }, "points to a store"],
    [{ source: "file", provider: "gone", id: "/a" }, "names no file"],
    ["__OPENCLAW_REDACTED__", "holds a placeholder"],
  ])("%j is unresolved, and the reason holds no secret", async (value, why) => {
    expect(await resolve(value)).toMatchObject({ kind: "unresolved", why: expect.stringContaining(why) });
  });

  it("follows a pointer into the file its provider names", async () => {
    const providers = { main: { source: "file", path: "~/s.json" }, one: { source: "file", path: "~/one", mode: "singleValue" } };
    const file = async (path: string) => (path === "~/one" ? "raw-secret\n" : '{"a/b":{"c":"deep"},"n":5}');
    const at = (provider: string, id: string) => resolve({ source: "file", provider, id }, { providers, file });
    expect(await at("main", "/a~1b/c")).toMatchObject({ kind: "found", value: "deep" });
    expect(await at("one", "value")).toMatchObject({ kind: "found", value: "raw-secret" });
    expect(await at("main", "/n")).toMatchObject({ kind: "unresolved" });
    expect(await at("main", "/constructor")).toMatchObject({ kind: "unresolved" });
  });

  it("survives a file that is missing or no JSON", async () => {
    const providers = { main: { path: "/f" } };
    const ref = { source: "file", provider: "main", id: "/a" };
    expect(await resolve(ref, { providers })).toMatchObject({ kind: "unresolved", why: expect.stringContaining("cannot be read") });
    expect(await resolve(ref, { providers, file: async () => "<html>" })).toMatchObject({ kind: "unresolved" });
  });
});
