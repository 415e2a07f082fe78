import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../tests/support/empty-world.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import type { World } from "../core/model/world.ts";
import { worldPorts } from "./demo-ports.ts";
import { realPorts } from "./ports.ts";

describe("worldPorts", () => {
  it("stands in for every port of a real machine, and for no other", () => {
    expect(Object.keys(worldPorts(() => emptyWorld)).sort()).toEqual(Object.keys(realPorts()).sort());
  });

  it("answers from the world as it is at that moment", async () => {
    let world: World = emptyWorld;
    const ports = worldPorts(() => world, { clock: manualClock() });
    const url = "http://127.0.0.1:18789/healthz";
    expect((await ports.http.request({ url, timeoutMs: 100 })).kind).toBe("refused");
    world = { ...world, listeners: [{ address: "127.0.0.1", port: 18789 }], files: { "/home/sam/a": { text: "x" } } };
    expect((await ports.http.request({ url, timeoutMs: 100 })).kind).toBe("answered");
    expect((await ports.tcp.connect("127.0.0.1", 18789, 100)).kind).toBe("open");
    expect((await ports.files.read("/home/sam/a")).kind).toBe("text");
    world = { ...world, secretStore: "locked" };
    expect((await ports.secrets.read({ service: "s", account: "a" })).kind).toBe("locked");
    expect((await ports.identity.describe()).kind).toBe("unavailable");
  });

  it("has the same identity in every run, so that a scenario can know it", async () => {
    const describe = () => worldPorts(() => emptyWorld).identity.describe();
    expect(await describe()).toEqual(await describe());
    expect(await describe()).toMatchObject({ kind: "ready" });
  });

  it("takes settings by section", () => {
    const ports = worldPorts(() => emptyWorld, { settings: { "stacks.one": { port: 7 } } });
    expect(ports.settings.section("stacks.one")).toEqual({ port: 7 });
  });

  it("runs on the given clock", async () => {
    const clock = manualClock(5_000);
    expect(worldPorts(() => emptyWorld, { clock }).clock.nowMs()).toBe(5_000);
  });
});
