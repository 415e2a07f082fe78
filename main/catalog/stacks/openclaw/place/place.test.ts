import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../../../tests/support/empty-world.ts";
import { moment, onMac, outside } from "../../../../../tests/support/openclaw-outside.ts";
import type { World } from "../../../../core/model/world.ts";
import { DEMO_TOKEN, mac } from "../demos/mac-unit.ts";
import { healthyConfig, type MacChanges, macWorld } from "../demos/mac-world.ts";
import { OpenClawSettings } from "../settings.ts";
import { findBarrier, findPlace } from "./place.ts";

const find = (changes: MacChanges = {}, settings: Readonly<Record<string, unknown>> = {}, over: Partial<World> = {}) =>
  findPlace(OpenClawSettings.parse(settings), onMac(changes, over).context);
const withGateway = (gateway: Readonly<Record<string, unknown>>) => ({ ...healthyConfig(), gateway });

describe("finding OpenClaw", () => {
  it("finds it where it lives by default", async () => {
    expect(await find()).toMatchObject({
      stateDir: mac.stateDir,
      configPath: `${mac.stateDir}/openclaw.json`,
      neverSetUp: false,
      mode: "local",
      port: mac.port,
      label: mac.label,
      lock: { pid: mac.pid },
      credential: { auth: { kind: "token", token: DEMO_TOKEN } },
      target: { url: `ws://127.0.0.1:${mac.port}`, local: true, trusted: true },
    });
  });

  it("says null on a machine without any trace of it", async () => {
    expect(await findPlace(OpenClawSettings.parse({}), outside(emptyWorld).context)).toBeNull();
  });

  const nowhere: Partial<World> = { files: {}, services: {}, commands: [] };
  const barred = { ...macWorld(moment, { gateway: "closed" }), ...nowhere, barred: [mac.home] };

  it("does not call it absent where we may not look, and says which folder is in the way", async () => {
    const settings = OpenClawSettings.parse({});
    expect(await findBarrier(settings, outside(barred).context)).toMatchObject({ reason: expect.stringContaining(mac.home) });
    expect(await findBarrier(settings, outside({ ...barred, barred: [] }).context)).toBeNull();
    expect(await findBarrier(settings, onMac().context)).toBeNull();
  });

  it("takes the program alone for no sign that nobody set it up where we may not look", async () => {
    const program = { ...barred, commands: [{ argv: ["/opt/homebrew/bin/openclaw"] }] };
    expect(await findPlace(OpenClawSettings.parse({}), outside(program).context)).toBeNull();
  });

  it("does not take the usual port for the gateway's when the file that names it may not be seen", async () => {
    const hidden = { ...barred, services: macWorld(moment).services };
    expect(await findPlace(OpenClawSettings.parse({}), outside(hidden).context)).toMatchObject({
      isPortGuessed: true,
      config: { kind: "unreadable", denied: true, problem: { message: expect.stringContaining(mac.home) } },
      credential: { problem: { kind: "unreadable" } },
    });
    expect(await findPlace(OpenClawSettings.parse({ port: 18_789 }), outside(hidden).context)).toMatchObject({ isPortGuessed: false });
    expect(await find()).toMatchObject({ isPortGuessed: false });
  });

  it("finds it by a link that leads nowhere, and goes on with a kept copy", async () => {
    const gone = { [`${mac.stateDir}/openclaw.json`]: "/Volumes/Gone/openclaw.json" };
    const place = await findPlace(OpenClawSettings.parse({}), outside({ ...barred, barred: [], danglingLinks: gone }).context);
    expect(place).toMatchObject({
      neverSetUp: false,
      config: { kind: "unreadable", problem: { message: expect.stringContaining("/Volumes/Gone/openclaw.json, and nothing is there") } },
    });
  });

  it.each<[string, Partial<World>, boolean]>([
    ["its service unit", { services: { [mac.label]: { kind: "not-loaded", definitionPath: "/p", disabled: true } } }, false],
    ["its program on PATH", { commands: [{ argv: ["/opt/homebrew/bin/openclaw"] }] }, true],
  ])("finds it by %s alone, and knows whether anybody set it up", async (_what, over, neverSetUp) => {
    const bare = { ...macWorld(moment, { gateway: "closed" }), files: {}, services: {}, commands: [], ...over };
    const place = await findPlace(OpenClawSettings.parse({}), outside(bare).context);
    expect(place).toMatchObject({ neverSetUp, config: { kind: "missing" } });
  });

  it("goes on with the kept copy of a configuration that makes no sense", async () => {
    const place = await find({ config: '{"gateway":{' });
    expect(place).toMatchObject({
      config: { kind: "unreadable" },
      facts: { gateway: { mode: "local" } },
      credential: { auth: { kind: "token" } },
    });
  });

  it("looks at the port the running gateway was started with", async () => {
    const place = await find({ config: withGateway({ mode: "local", port: 20_000, auth: { token: DEMO_TOKEN } }) });
    expect(place).toMatchObject({ port: mac.port, configuredPort: 20_000 });
    const stopped = await find({ gateway: "closed", config: withGateway({ mode: "local", port: 20_000 }) });
    expect(stopped).toMatchObject({ port: 20_000, configuredPort: 20_000 });
  });

  it("follows a profile to its own folder, port and unit", async () => {
    const files = { [`${mac.home}/.openclaw-work/openclaw.json`]: { text: '{"gateway":{"mode":"local"}}' } };
    const place = await find({}, { profile: "work" }, { files });
    expect(place).toMatchObject({ profile: "work", port: 41_984, label: "ai.openclaw.work", stateDir: `${mac.home}/.openclaw-work` });
  });

  it("takes every place from the settings", async () => {
    const settings = { stateDir: "/srv/claw", configPath: "/etc/claw.json", port: 7, label: "my.unit", introduceDevice: "never" };
    const files = { "/etc/claw.json": { text: '{"gateway":{"mode":"local","port":9}}' } };
    expect(await find({}, settings, { files })).toMatchObject({
      stateDir: "/srv/claw",
      configPath: "/etc/claw.json",
      port: 7,
      label: "my.unit",
      target: { introduceDevice: "never" },
    });
  });

  it("trusts no unencrypted way that leaves this machine", async () => {
    const remote = (url: string) => find({ config: withGateway({ mode: "remote", remote: { url, token: "remote-token-0123456789" } }) });
    expect(await remote("ws://198.51.100.9:18789")).toMatchObject({
      mode: "remote",
      label: null,
      target: { local: false, trusted: false },
    });
    expect(await remote("wss://claw.example.org")).toMatchObject({ target: { trusted: true, auth: { token: "remote-token-0123456789" } } });
    expect(await find({}, { url: "ws://198.51.100.9:1", allowPlaintext: true })).toMatchObject({ target: { trusted: true } });
  });

  it("has another key for another credential and none of it in the key", async () => {
    const one = await find();
    const two = await find({ config: withGateway({ mode: "local", auth: { token: "another-token-0123456789" } }) });
    expect(one?.target.authKey).not.toBe(two?.target.authKey);
    expect(one?.target.authKey).not.toContain(DEMO_TOKEN);
  });

  it("refuses settings that are none of its own", () => {
    expect(OpenClawSettings.safeParse({ prot: 1 }).success).toBe(false);
    expect(OpenClawSettings.safeParse({ url: "http://x" }).success).toBe(false);
    expect(OpenClawSettings.safeParse({ scopes: ["operator.admin"] }).success).toBe(false);
  });
});
