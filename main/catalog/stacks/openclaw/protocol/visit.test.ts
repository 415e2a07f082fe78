import { describe, expect, it } from "vitest";
import { moment, type Outside, onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import { DEMO_TOKEN } from "../demos/mac-unit.ts";
import { macWorld } from "../demos/mac-world.ts";
import { clientFacts } from "./connect-request.ts";
import type { GatewayTarget } from "./target.ts";
import { visitGateway } from "./visit.ts";

const target = (over: Partial<GatewayTarget> = {}): GatewayTarget => ({
  url: "ws://127.0.0.1:18789",
  httpUrl: "http://127.0.0.1:18789",
  local: true,
  trusted: true,
  client: clientFacts("macos"),
  scopes: ["operator.read"],
  auth: { kind: "token", token: DEMO_TOKEN },
  authKey: "k",
  audience: "openclaw here",
  introduceDevice: "auto",
  ...over,
});
const wrong = { kind: "token", token: "wrong" } as const;
const visit = (there: Outside, over: Partial<GatewayTarget> = {}) => running(there, visitGateway(target(over), there.context, 1_000));

describe("a visit to a gateway", () => {
  it("gets in as an approved device, keeps the token it was issued and tells the redactor", async () => {
    const there = onMac();
    expect(await visit(there)).toMatchObject({ kind: "in", way: "shared-as-device", paired: true, refusals: [] });
    const issued = await there.ports.identity.issuedToken("openclaw here");
    expect(issued).toBe(`device-${DEMO_TOKEN}`);
    expect(there.learned).toContain(issued);
  });

  it("gets in unpaired where nobody approved the device", async () => {
    const there = onMac({ peer: { paired: false } });
    expect(await visit(there)).toMatchObject({ kind: "in", paired: false });
    expect(await there.ports.identity.issuedToken("openclaw here")).toBeNull();
  });

  it("tries its own token once when the shared one is refused, and says what was refused", async () => {
    const there = onMac();
    await visit(there);
    expect(await visit(there, { auth: wrong })).toMatchObject({
      kind: "in",
      way: "device",
      refusals: [{ way: "shared-as-device", said: { details: { code: "AUTH_TOKEN_MISMATCH" } } }],
    });
  });

  it("gives up knocking when who asked gives up, which is no answer of the gateway, and keeps a connection that is open", async () => {
    const asked = new AbortController();
    const silent = onMac({ gateway: "silent" });
    const knocking = visitGateway(target({ introduceDevice: "never" }), { ...silent.context, signal: asked.signal }, 60_000);
    asked.abort();
    await expect(knocking).rejects.toThrow("the time for knocking at the gateway was up");

    const there = onMac();
    const later = new AbortController();
    const visited = await running(there, visitGateway(target(), { ...there.context, signal: later.signal }, 1_000));
    later.abort();
    expect(visited.kind === "in" ? visited.session.ended() : "not in").toBeUndefined();
  });

  it("ends with the last refusal when both are refused", async () => {
    const there = onMac();
    await visit(there);
    there.set(macWorld(moment, { peer: { token: "rotated" } }));
    expect(await visit(there)).toMatchObject({
      kind: "refused",
      way: "device",
      said: { details: { code: "AUTH_DEVICE_TOKEN_MISMATCH" } },
      refusals: [{ way: "shared-as-device" }],
    });
  });

  it("stops at once when it is locked out", async () => {
    const there = onMac();
    await visit(there);
    const said = {
      code: "INVALID_REQUEST",
      message: "unauthorized: too many failed authentication attempts (retry later)",
      details: { code: "AUTH_RATE_LIMITED" },
    };
    there.set(macWorld(moment, { peer: { refusesAll: said } }));
    expect(await visit(there)).toMatchObject({ kind: "refused", way: "shared-as-device", refusals: [] });
  });

  it("shows no secret at all over an untrusted way", async () => {
    const there = onMac();
    const seen = await visit(there, { trusted: false });
    expect(seen).toMatchObject({ kind: "refused", way: "open", said: { details: { code: "DEVICE_IDENTITY_REQUIRED" } } });
  });

  it("does not wait for a keyring that does not answer", async () => {
    const there = onMac();
    const never = new Promise<never>(() => {});
    const ports = { ...there.ports, identity: { ...there.ports.identity, describe: () => never } };
    const seen = await running(there, visitGateway(target(), { ...there.context, ports }, 1_000));
    expect(seen).toMatchObject({ kind: "in", way: "shared" });
  });

  it("comes back within its time from a gateway that does not answer", async () => {
    const there = onMac({ gateway: "silent" });
    const began = there.clock.monotonicMs();
    expect(await visit(there)).toMatchObject({ kind: "unreachable", opening: { kind: "timed-out" } });
    expect(there.clock.monotonicMs() - began).toBeLessThanOrEqual(1_200);
  });

  it("says refused when nobody listens", async () => {
    expect(await visit(onMac({ gateway: "closed" }))).toMatchObject({ kind: "unreachable", opening: { kind: "refused" } });
  });

  it("passes on that the gateway is still starting", async () => {
    expect(await visit(onMac({ gateway: "starting" }))).toMatchObject({
      kind: "refused",
      said: { details: { reason: "startup-sidecars" } },
    });
  });
});
