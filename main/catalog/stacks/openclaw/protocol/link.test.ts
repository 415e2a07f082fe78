import { describe, expect, it } from "vitest";
import { moment, type Outside, onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { Ports } from "../../../../core/ports/index.ts";
import type { WebSocketClient } from "../../../../core/ports/websocket-client.ts";
import { DEMO_TOKEN } from "../demos/mac-unit.ts";
import { macWorld } from "../demos/mac-world.ts";
import { clientFacts } from "./connect-request.ts";
import { GatewayLink, linkTo } from "./link.ts";
import type { GatewayTarget } from "./target.ts";

const target = (token = DEMO_TOKEN): GatewayTarget => ({
  url: "ws://127.0.0.1:18789",
  httpUrl: "http://127.0.0.1:18789",
  local: true,
  trusted: true,
  client: clientFacts("macos"),
  scopes: ["operator.read"],
  auth: { kind: "token", token },
  authKey: `key of ${token}`,
  audience: "openclaw here",
  introduceDevice: "never",
});

/** Counts connections that were opened and closed by us. */
function counted(there: Outside) {
  const count = { opened: 0, closed: 0 };
  const websockets: WebSocketClient = {
    open: async (wanted) => {
      const opening = await there.ports.websockets.open(wanted);
      if (opening.kind !== "open") return opening;
      count.opened += 1;
      const { connection } = opening;
      const close = (): void => {
        count.closed += 1;
        connection.close();
      };
      return { kind: "open", connection: { ...connection, close } };
    },
  };
  const ports: Ports = { ...there.ports, websockets };
  return { count, context: { ...there.context, ports } };
}

describe("the link all checks share", () => {
  it("makes one connection for several checks at once and closes it after the last", async () => {
    const there = onMac();
    const { count, context } = counted(there);
    const link = new GatewayLink();
    const calls = (["cron.status", "node.list", "channels.status"] as const).map((method) => link.call(target(), context, method, 1_000));
    const outcomes = await running(there, Promise.all(calls));
    expect(outcomes.map((one) => one?.kind)).toEqual(["answered", "answered", "answered"]);
    expect(count).toEqual({ opened: 1, closed: 1 });
  });

  it("keeps the connection between looks while somebody watches, and lets go afterwards", async () => {
    const there = onMac();
    const { count, context } = counted(there);
    const link = new GatewayLink();
    const release = link.hold();
    await running(there, link.call(target(), context, "node.list", 1_000));
    await running(there, link.call(target(), context, "node.list", 1_000));
    expect(count).toEqual({ opened: 1, closed: 0 });
    release();
    release();
    await Promise.resolve();
    expect(count.closed).toBe(1);
  });

  it("keeps the connection for somebody who lets go and takes hold in the same breath", async () => {
    const there = onMac();
    const { count, context } = counted(there);
    const link = new GatewayLink();
    const release = link.hold();
    await running(there, link.call(target(), context, "node.list", 1_000));
    release();
    link.hold();
    await running(there, link.call(target(), context, "node.list", 1_000));
    expect(count).toEqual({ opened: 1, closed: 0 });
  });

  it("connects anew when the credential changed or the connection ended", async () => {
    const there = onMac();
    const { count, context } = counted(there);
    const link = new GatewayLink();
    link.hold();
    await running(there, link.call(target(), context, "node.list", 1_000));
    there.set(macWorld(moment, { peer: { token: "rotated-token-0123" } }));
    await running(there, link.call(target("rotated-token-0123"), context, "node.list", 1_000));
    expect(count.opened).toBe(2);
    there.set(macWorld(moment, { gateway: "closed" }));
    await there.clock.advance(2_000);
    expect(await running(there, link.call(target("rotated-token-0123"), context, "node.list", 1_000))).toBeNull();
  });

  it("does not knock again with what was just refused, until its time or a restart of the gateway", async () => {
    const there = onMac();
    const { count, context } = counted(there);
    const link = new GatewayLink();
    const knock = () =>
      running(
        there,
        link.with(target("wrong"), context, async (standing) => standing),
      );
    expect(await knock()).toMatchObject({ visit: { kind: "refused" }, remembered: false });
    expect(await knock()).toMatchObject({ visit: { kind: "refused" }, remembered: true });
    expect(count.opened).toBe(1);

    await there.clock.advance(6_000);
    expect((await knock()).remembered).toBe(false);
    await there.clock.advance(6_000);
    expect((await knock()).remembered).toBe(true);

    link.startedAt(there.clock.nowMs() + 1);
    expect((await knock()).remembered).toBe(false);
    expect(count.opened).toBe(3);
  });

  it("knocks at once with another credential", async () => {
    const there = onMac();
    const { context } = counted(there);
    const link = new GatewayLink();
    await running(
      there,
      link.with(target("wrong"), context, async (standing) => standing),
    );
    expect(
      await running(
        there,
        link.with(target(), context, async ({ visit }) => visit.kind),
      ),
    ).toBe("in");
  });

  it("tells watchers of every connection, the present one included", async () => {
    const there = onMac();
    const link = new GatewayLink();
    const seen: (string | undefined)[] = [];
    link.hold();
    const stop = link.onSession(({ hello }) => void seen.push(hello.version));
    await running(there, link.call(target(), there.context, "node.list", 1_000));
    link.onSession(({ hello }) => void seen.push(hello.version));
    stop();
    expect(seen).toEqual(["2026.9.6", "2026.9.6"]);
  });

  it("is one per outside and address", () => {
    const one = onMac().ports;
    expect(linkTo(one, "ws://a")).toBe(linkTo(one, "ws://a"));
    expect(linkTo(one, "ws://a")).not.toBe(linkTo(one, "ws://b"));
    expect(linkTo(one, "ws://a")).not.toBe(linkTo(onMac().ports, "ws://a"));
  });

  it("takes the brake on wrong log-ins for the refusal it is, and knocks ever more rarely", async () => {
    const honest = macWorld(moment).websockets[target().url];
    let mute = false;
    const there = onMac(
      {},
      {
        websockets: {
          get [target().url]() {
            if (honest === undefined || honest === "hang" || "rejectedWith" in honest) throw new Error("no gateway");
            return mute ? { greet: honest.greet, answer: () => ({ send: [] }) } : honest;
          },
        },
      },
    );
    const { count, context } = counted(there);
    const link = new GatewayLink();
    const look = () =>
      running(
        there,
        link.with(target("wrong"), context, async (standing) => standing),
      );
    expect(await look()).toMatchObject({ visit: { kind: "refused" }, remembered: false });
    mute = true;
    const kinds = new Set<string>();
    for (let looks = 0; looks < 24; looks += 1) {
      await there.clock.advance(15_000);
      const { visit, remembered } = await look();
      kinds.add(`${visit.kind} ${remembered}`);
    }
    expect([...kinds]).toEqual(["refused true"]);
    // Six minutes of looks, and at most: at once, then after 5 s, 20 s, 1 min, 2 min.
    expect(count.opened).toBeLessThanOrEqual(5);
    mute = false;
    expect(
      await running(
        there,
        link.with(target(), context, async ({ visit }) => visit.kind),
      ),
    ).toBe("in");
  });
});
