import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../../../tests/support/empty-world.ts";
import { onMac, outside } from "../../../../../tests/support/openclaw-outside.ts";
import { at } from "../knowledge/loose.ts";
import { loadConfig, loadKeptConfig } from "./config-file.ts";

const print = (secret: string): string => `#${secret.length}`;
const withFiles = (files: Readonly<Record<string, string>>) =>
  outside({ ...emptyWorld, files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) });
const load = (files: Readonly<Record<string, string>>) => loadConfig("/h/openclaw.json", print, withFiles(files).context);

describe("openclaw.json", () => {
  it("is read as JSON5, and its secrets are told to the redactor", async () => {
    const there = withFiles({
      "/h/openclaw.json": "{ gateway: { mode: 'local', port: 5, auth: { token: 'a-secret-token-0123', }, }, } // end",
    });
    const loaded = await loadConfig("/h/openclaw.json", print, there.context);
    expect(loaded).toMatchObject({ kind: "read", facts: { gateway: { mode: "local", port: 5 } } });
    expect(there.learned).toContain("a-secret-token-0123");
  });

  it("puts included files in place, with the keys beside the include on top", async () => {
    const loaded = await load({
      "/h/openclaw.json": '{"$include":["base.json","/etc/more.json"],"gateway":{"port":7,"$include":"gw.json"}}',
      "/h/base.json": '{"gateway":{"mode":"local","port":1,"bind":"lan"}}',
      "/etc/more.json": '{"logging":{"file":"/var/log/claw.log"}}',
      "/h/gw.json": '{"bind":"loopback"}',
    });
    expect(loaded).toMatchObject({
      kind: "read",
      facts: { gateway: { mode: "local", port: 7, bind: "loopback" }, logFile: "/var/log/claw.log" },
    });
  });

  it("is not caught in a circle, nor stopped by an include that is broken or gone", async () => {
    const loaded = await load({
      "/h/openclaw.json": '{"$include":["self.json","gone.json","broken.json"],"gateway":{"mode":"local"}}',
      "/h/self.json": '{"$include":"self.json","logging":{"file":"/l"}}',
      "/h/broken.json": "{{{",
    });
    expect(loaded).toMatchObject({ kind: "read", facts: { gateway: { mode: "local" }, logFile: "/l" } });
  });

  it.each([
    ['{"gateway":{"mode":', "the text ends in the middle"],
    ["[1,2]", "one object"],
    ["just words", "not valid JSON5"],
  ])("that reads %j is told apart from a missing one", async (text, why) => {
    expect(await load({ "/h/openclaw.json": text })).toMatchObject({
      kind: "unreadable",
      problem: { message: expect.stringContaining(why) },
    });
    expect(await load({})).toMatchObject({ kind: "missing" });
  });

  it("is not read when it is far too large", async () => {
    expect(await load({ "/h/openclaw.json": " ".repeat(1_100_000) })).toMatchObject({
      kind: "unreadable",
      problem: { message: "it is far too large" },
    });
  });

  it("has kept copies, of which the first that makes sense is taken", async () => {
    const files = { "/h/openclaw.json.last-good": '{"meta":{}}', "/h/openclaw.json.bak": '{"gateway":{"mode":"local","port":9}}' };
    const kept = await loadKeptConfig("/h/openclaw.json", print, withFiles(files).context);
    expect(kept?.kind === "read" ? at(kept.raw, "gateway", "port") : undefined).toBe(9);
    expect(await loadKeptConfig("/nowhere/openclaw.json", print, onMac().context)).toBeUndefined();
  });
});
