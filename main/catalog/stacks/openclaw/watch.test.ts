import { describe, expect, it } from "vitest";
import { moment, onMac, running } from "../../../../tests/support/openclaw-outside.ts";
import { mac } from "./demos/mac-unit.ts";
import { macWorld } from "./demos/mac-world.ts";
import { findPlace } from "./place/place.ts";
import { linkTo } from "./protocol/link.ts";
import { OpenClawSettings } from "./settings.ts";
import { watchGateway } from "./watch.ts";

const url = `ws://127.0.0.1:${mac.port}`;

/** Watches an invented gateway that says `events` behind its first answer. */
async function watching(...events: readonly unknown[]) {
  const world = macWorld(moment);
  const peer = world.websockets[url];
  if (typeof peer !== "object" || !("greet" in peer)) throw new Error("no peer");
  const answer: typeof peer.answer = (said) => {
    const reply = peer.answer(said);
    return said.includes('"connect"') ? reply : { ...reply, send: [...events.map((event) => JSON.stringify(event)), ...reply.send] };
  };
  const there = onMac({}, { websockets: { [url]: { ...peer, answer } } });
  const place = await findPlace(OpenClawSettings.parse({}), there.context);
  if (place === null) throw new Error("not found");
  const link = linkTo(there.ports, place.target.url);
  const stop = watchGateway({ place, link, bootGraceMs: 240_000 }, there.context);
  await running(there, link.call(place.target, there.context, "node.list", 1_000));
  return { there, link, stop, place };
}
const event = (name: string, payload: unknown = {}) => ({ type: "event", event: name, payload });

describe("the event lane", () => {
  it.each([
    ["shutdown", "live"],
    ["config.changed", "schema"],
    ["models.snapshot", "models"],
    ["node.pair.requested", "nodes"],
    ["device.pair.resolved", "session"],
    ["cron", "cron"],
  ])("asks for an early look after %s", async (name, check) => {
    const { there } = await watching(event(name));
    expect(there.nudged.flat()).toContain(check);
  });

  it("takes health events for news only when channels changed", async () => {
    const health = (connected: boolean, ts: number) => event("health", { ts, channels: { telegram: { connected, lastInboundAt: ts } } });
    expect((await watching(health(true, 1), health(true, 2))).there.nudged).toEqual([]);
    expect((await watching(health(true, 1), health(false, 2))).there.nudged).toEqual([["channels"]]);
  });

  it("is not disturbed by events it does not know", async () => {
    expect((await watching(event("tick"), event("presence"), { type: "event" })).there.nudged).toEqual([]);
  });

  it("looks at everything near the gateway when the connection breaks", async () => {
    const { there } = await watching();
    there.set(macWorld(moment, { gateway: "closed" }));
    await there.clock.advance(2_000);
    expect(there.nudged.flat()).toEqual(expect.arrayContaining(["live", "session", "process", "service"]));
  });

  it("notices that openclaw.json was written", async () => {
    const { there, place } = await watching();
    const world = macWorld(moment);
    there.set({ ...world, files: { ...world.files, [place.configPath]: { text: "{}", modifiedMs: moment.nowMs + 5 } } });
    await there.clock.advance(5_000);
    expect(there.nudged.flat()).toContain("config");
  });

  it("closes the connection when nobody watches any more", async () => {
    const { there, link, stop, place } = await watching();
    stop();
    expect(
      await running(
        there,
        link.with(place.target, there.context, async ({ visit }) => visit.kind),
      ),
    ).toBe("in");
    const before = there.nudged.length;
    await there.clock.advance(10_000);
    expect(there.nudged.length).toBe(before);
  });
});
