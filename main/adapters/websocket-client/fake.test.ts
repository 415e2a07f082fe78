import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { fakeWebSockets } from "./fake.ts";
import { webSocketSuite } from "./suite.ts";

const origin = "ws://127.0.0.1:9000";
const silent = { greet: [], answer: () => ({ send: [] }) };
const peers: World["websockets"] = {
  [`${origin}/echo`]: { greet: ["one", "two"], answer: (text) => ({ send: [text] }) },
  [`${origin}/close`]: { greet: [], answer: () => ({ send: [], close: { code: 1008, reason: "pairing required" } }) },
  [`${origin}/reject`]: { rejectedWith: 401, body: "no entry" },
  [`${origin}/hang`]: "hang",
  [`${origin}/flood`]: { ...silent, greet: Array.from({ length: 300 }, (_, i) => `${i}`) },
  [`${origin}/large`]: { ...silent, greet: ["x".repeat(2_000)] },
};

webSocketSuite("fakeWebSockets", () => {
  let websockets = peers;
  return {
    client: fakeWebSockets(() => ({ ...emptyWorld, websockets }), systemClock),
    origin,
    shut: "ws://127.0.0.1:9001",
    vanish: () => {
      websockets = {};
    },
    pass: (ms) => systemClock.sleep(ms),
  };
});

describe("fakeWebSockets", () => {
  it("freezes an open connection while the world lets its peer hang", async () => {
    const clock = manualClock();
    let websockets = peers;
    const client = fakeWebSockets(() => ({ ...emptyWorld, websockets }), clock);
    const opening = await client.open({ url: `${origin}/echo`, timeoutMs: 100 });
    if (opening.kind !== "open") throw new Error("not open");
    websockets = { [`${origin}/echo`]: "hang" };
    let roundTrip: number | null | undefined;
    const ping = opening.connection.ping(300).then((ms) => {
      roundTrip = ms;
    });
    await clock.advance(299);
    expect(roundTrip).toBeUndefined();
    await clock.advance(1);
    await ping;
    expect(roundTrip).toBeNull();
    opening.connection.close();
    await clock.advance(1_000);
    expect(clock.sleepers).toBe(0);
  });

  it("finds the peer of an address whatever its query, and however the address is spelled", async () => {
    const bare = fakeWebSockets(() => ({ ...emptyWorld, websockets: { "ws://127.0.0.1:80": silent } }), manualClock());
    expect((await bare.open({ url: "ws://127.0.0.1/", timeoutMs: 100 })).kind).toBe("open");
    const client = fakeWebSockets(() => ({ ...emptyWorld, websockets: peers }), manualClock());
    expect((await client.open({ url: `${origin}/close?x=1`, timeoutMs: 100 })).kind).toBe("open");
  });
});
