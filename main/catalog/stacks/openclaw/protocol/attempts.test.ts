import { describe, expect, it } from "vitest";
import { attempts, type Known } from "./attempts.ts";
import { clientFacts } from "./connect-request.ts";
import type { GatewayTarget } from "./target.ts";

const target = (over: Partial<GatewayTarget> = {}): GatewayTarget => ({
  url: "ws://127.0.0.1:18789",
  httpUrl: "http://127.0.0.1:18789",
  local: true,
  trusted: true,
  client: clientFacts("linux"),
  scopes: ["operator.read"],
  auth: { kind: "token", token: "t" },
  authKey: "k",
  audience: "a",
  introduceDevice: "auto",
  ...over,
});
const ready: Known = { identityReady: true, version: "2026.9.6" };
const ways = (over: Partial<GatewayTarget>, known: Known) => attempts(target(over), known).map((one) => one.way);

describe("what is tried at the door", () => {
  it("introduces our device on loopback, where current releases never pair it by that", () => {
    expect(ways({}, ready)).toEqual(["shared-as-device"]);
  });

  it.each([{ identityReady: true }, { identityReady: true, version: "2026.5.5" }])(
    "does not introduce it to a release that might pair it silently: %j",
    (known) => {
      expect(ways({}, known)).toEqual(["shared"]);
    },
  );

  it("does not introduce it elsewhere, where that leaves a request, unless it is told to", () => {
    expect(ways({ local: false }, ready)).toEqual(["shared"]);
    expect(ways({ local: false, introduceDevice: "always" }, ready)).toEqual(["shared-as-device"]);
  });

  it("uses the device's own token first where the shared secret grants no rights, and second where it proves more", () => {
    const known = { ...ready, issuedToken: "d" };
    expect(ways({ local: false }, known)).toEqual(["device", "shared"]);
    expect(ways({}, known)).toEqual(["shared-as-device", "device"]);
  });

  it("falls back on the device's token when there is no shared secret at all", () => {
    expect(ways({ auth: { kind: "none" } }, { ...ready, issuedToken: "d" })).toEqual(["device", "open"]);
  });

  it("never uses the device when it must not, or when its key is out of reach", () => {
    expect(ways({ introduceDevice: "never" }, { ...ready, issuedToken: "d" })).toEqual(["shared"]);
    expect(ways({}, { identityReady: false, version: "2026.9.6", issuedToken: "d" })).toEqual(["shared"]);
  });

  it("never makes more than two attempts", () => {
    for (const local of [true, false])
      for (const introduceDevice of ["auto", "always", "never"] as const)
        expect(ways({ local, introduceDevice }, { ...ready, issuedToken: "d" }).length).toBeLessThanOrEqual(2);
  });
});
