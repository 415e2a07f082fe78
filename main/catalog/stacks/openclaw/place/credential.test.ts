import { describe, expect, it } from "vitest";
import { moment, onMac } from "../../../../../tests/support/openclaw-outside.ts";
import { mac } from "../demos/mac-unit.ts";
import { macWorld } from "../demos/mac-world.ts";
import { type CredentialSources, chooseCredential } from "./credential.ts";

const variable = (name: string): string => `$${`{${name}}`}`;

async function choose(
  raw: unknown,
  over: Partial<CredentialSources> & {
    readonly env?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, string>>;
    readonly unitToken?: string;
    readonly secretFrom?: { env: string } | { file: string };
  } = {},
) {
  const { env = {}, files = {}, unitToken, secretFrom, ...place } = over;
  const world = macWorld(moment);
  const there = onMac(
    {},
    {
      env,
      files: { ...world.files, ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) },
      ...(unitToken === undefined ? {} : { serviceEnvironment: { [mac.label]: { OPENCLAW_GATEWAY_TOKEN: unitToken } } }),
    },
  );
  const from: CredentialSources = {
    home: mac.home,
    stateDir: mac.stateDir,
    label: mac.label,
    raw,
    unreadable: false,
    mode: "local",
    ...place,
  };
  return { chosen: await chooseCredential(secretFrom === undefined ? {} : { secretFrom }, from, there.context), learned: there.learned };
}

describe("what we show at the gateway's door", () => {
  it("is nothing where only a proxy's word counts, and the password where one is set for this machine", async () => {
    const auth = { mode: "trusted-proxy", trustedProxy: { userHeader: "x-user" } };
    expect((await choose({ gateway: { auth } })).chosen).toMatchObject({ auth: { kind: "none" }, problem: { kind: "proxy" } });
    expect((await choose({ gateway: { auth: { ...auth, password: "for-this-machine" } } })).chosen.auth).toEqual({
      kind: "password",
      password: "for-this-machine",
    });
  });

  it("is the configuration's token before the environment's", async () => {
    const { chosen, learned } = await choose(
      { gateway: { auth: { token: "from-config" } } },
      { env: { OPENCLAW_GATEWAY_TOKEN: "from-env" } },
    );
    expect(chosen).toEqual({ auth: { kind: "token", token: "from-config" }, from: "gateway.auth.token" });
    expect(learned).toContain("from-config");
  });

  it.each([
    ["our own environment", { env: { OPENCLAW_GATEWAY_TOKEN: "t-env" } }, "t-env"],
    ["the .env file", { files: { [`${mac.stateDir}/.env`]: "OPENCLAW_GATEWAY_TOKEN=t-file" } }, "t-file"],
    ["the service unit", { unitToken: "t-unit" }, "t-unit"],
  ])("is found in %s when the configuration has none", async (_where, over, token) => {
    expect((await choose({ gateway: {} }, over)).chosen.auth).toEqual({ kind: "token", token });
  });

  it("is the password where the mode says so, or where only that is set", async () => {
    const both = { token: "t", password: "p" };
    expect((await choose({ gateway: { auth: { mode: "password", ...both } } })).chosen.auth).toEqual({ kind: "password", password: "p" });
    expect((await choose({ gateway: { auth: { password: "p" } } })).chosen.auth).toEqual({ kind: "password", password: "p" });
  });

  it("is nothing where the gateway asks for nothing", async () => {
    expect((await choose({ gateway: { auth: { mode: "none", token: "left-over" } } })).chosen).toEqual({
      auth: { kind: "none" },
      from: "gateway.auth.mode is none",
    });
  });

  it("is the remote token in remote mode, and the local one last", async () => {
    const raw = { gateway: { mode: "remote", auth: { token: "local" }, remote: { token: "remote" } } };
    expect((await choose(raw, { mode: "remote" })).chosen.auth).toEqual({ kind: "token", token: "remote" });
    expect((await choose({ gateway: { auth: { token: "local" } } }, { mode: "remote" })).chosen.auth).toEqual({
      kind: "token",
      token: "local",
    });
  });

  it("does not go past a reference that cannot be followed, as the gateway would not", async () => {
    const { chosen } = await choose({ gateway: { auth: { mode: "token", token: variable("GONE") } } });
    expect(chosen).toMatchObject({ auth: { kind: "none" }, problem: { kind: "reference", text: expect.stringContaining("GONE") } });
  });

  it("follows a variable into the configuration's own env section", async () => {
    const raw = { env: { vars: { MINE: "from-section" } }, gateway: { auth: { token: variable("MINE") } } };
    expect((await choose(raw)).chosen.auth).toEqual({ kind: "token", token: "from-section" });
  });

  it("says when nothing is set, and when nothing can be known", async () => {
    expect((await choose({})).chosen.problem?.kind).toBe("none-set");
    expect((await choose(undefined, { unreadable: true })).chosen.problem?.kind).toBe("unreadable");
  });

  it("can be set in config.yaml by place, never by value", async () => {
    const raw = { gateway: { auth: { token: "from-config" } } };
    expect((await choose(raw, { secretFrom: { env: "MINE" }, env: { MINE: "m" } })).chosen.auth).toEqual({ kind: "token", token: "m" });
    expect((await choose(raw, { secretFrom: { file: "~/t" }, files: { [`${mac.home}/t`]: "f\n" } })).chosen.auth).toEqual({
      kind: "token",
      token: "f",
    });
    expect((await choose(raw, { secretFrom: { env: "MINE" } })).chosen.problem?.kind).toBe("reference");
    expect((await choose(raw, { secretFrom: { file: "/gone" } })).chosen.problem?.kind).toBe("reference");
  });
});
