import { describe, expect, it } from "vitest";
import { clientFacts, connectParams, signedSecret } from "./connect-request.ts";

const client = clientFacts("linux");

describe("the connect call", () => {
  it("presents a background program of this machine and speaks protocols 3 and 4", () => {
    expect(connectParams(client, ["operator.read"], { kind: "token", token: "t" })).toEqual({
      minProtocol: 3,
      maxProtocol: 4,
      client: { id: "gateway-client", mode: "backend", displayName: "Lamplighter", version: "0.1.0", platform: "linux" },
      role: "operator",
      scopes: ["operator.read"],
      caps: [],
      userAgent: "lamplighter/0.1.0",
      auth: { token: "t" },
    });
  });

  it.each([
    [{ kind: "password", password: "p" } as const, { password: "p" }],
    [{ kind: "device-token", deviceToken: "d" } as const, { deviceToken: "d" }],
  ])("sends one kind of secret at a time: %j", (auth, sent) => {
    expect(connectParams(client, [], auth)["auth"]).toEqual(sent);
  });

  it("sends neither auth nor device when there is none, because the gateway refuses empty fields", () => {
    const params = connectParams(client, [], { kind: "none" });
    expect(Object.keys(params)).not.toContain("auth");
    expect(Object.keys(params)).not.toContain("device");
  });

  it("names macOS as the runtime does, because a paired device's platform must never change", () => {
    expect(clientFacts("macos").platform).toBe("darwin");
  });

  it("signs tokens and never passwords", () => {
    expect(signedSecret({ kind: "token", token: "t" })).toBe("t");
    expect(signedSecret({ kind: "device-token", deviceToken: "d" })).toBe("d");
    expect(signedSecret({ kind: "password", password: "p" })).toBe("");
    expect(signedSecret({ kind: "none" })).toBe("");
  });
});
