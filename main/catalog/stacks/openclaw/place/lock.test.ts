import { describe, expect, it } from "vitest";
import { moment, onMac, outside } from "../../../../../tests/support/openclaw-outside.ts";
import { isoFrom } from "../demos/iso.ts";
import { mac } from "../demos/mac-unit.ts";
import { macWorld } from "../demos/mac-world.ts";
import { readLock } from "./lock.ts";

const path = `${mac.stateDir}/tmp/openclaw-501/gateway.state.lock`;
const lockText = (over: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify({ pid: mac.pid, createdAt: isoFrom(moment.startedMs + 400), port: mac.port, ...over })}\t \t  \t`;
const withLock = (text: string) => onMac({ gateway: "up" }, { files: { ...macWorld(moment).files, [path]: { text } } });

describe("the instance lock", () => {
  it("names the living owner and its port, padding and all", async () => {
    const lock = await readLock(mac.stateDir, withLock(lockText()).context);
    expect(lock).toMatchObject({ pid: mac.pid, port: mac.port, owner: { pid: mac.pid, state: "sleeping" } });
  });

  it("without its process was left behind", async () => {
    const lock = await readLock(mac.stateDir, withLock(lockText({ pid: 99_999 })).context);
    expect(lock).toMatchObject({ pid: 99_999 });
    expect(lock?.owner).toBeUndefined();
  });

  it("does not belong to a later process with the same number", async () => {
    const lock = await readLock(mac.stateDir, withLock(lockText({ createdAt: isoFrom(moment.startedMs - 86_400_000) })).context);
    expect(lock?.owner).toBeUndefined();
  });

  it("of a repair tool is not a gateway's", async () => {
    expect(await readLock(mac.stateDir, withLock(lockText({ role: "sqlite-maintenance" })).context)).toBeUndefined();
  });

  it.each(["", "{", "not json", '{"pid":"many"}', '{"pid":-3}', "[]"])("that reads %j is none", async (text) => {
    expect(await readLock(mac.stateDir, withLock(text).context)).toBeUndefined();
  });

  it.each([0, -1, 65_536, 99_999_999, 1.5, "18789", null])("that names %j for a port names none, and counts all the same", async (port) => {
    const lock = await readLock(mac.stateDir, withLock(lockText({ port })).context);
    expect(lock).toMatchObject({ pid: mac.pid });
    expect(lock?.port).toBeUndefined();
  });

  it("of an older release lies in the temporary folder and names its configuration", async () => {
    const world = macWorld(moment);
    const there = outside({
      ...world,
      files: {
        "/tmp/openclaw-501/gateway.aaaa.lock": { text: lockText({ configPath: "/Users/ada/.openclaw-other/openclaw.json", port: 1 }) },
        "/tmp/openclaw-501/gateway.bbbb.lock": { text: lockText({ configPath: `${mac.stateDir}/openclaw.json` }) },
      },
    });
    const context = { ports: { ...there.ports, environment: { ...there.ports.environment, tempDir: "/tmp" } } };
    expect(await readLock(mac.stateDir, context)).toMatchObject({ port: mac.port });
  });
});
