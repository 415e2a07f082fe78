import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readHello } from "./hello.ts";

const sample = "../shared/samples/openclaw/ws-hello-ok-full.json";

describe("the gateway's greeting", () => {
  it.runIf(existsSync(sample))("is read from a recorded one (needs samples)", () => {
    const recorded = JSON.parse(readFileSync(sample, "utf8"));
    const payload = [recorded, recorded.payload, ...(Array.isArray(recorded) ? recorded : Object.values(recorded))]
      .map((one) => (one?.type === "hello-ok" ? one : one?.payload))
      .find((one) => one?.type === "hello-ok");
    expect(readHello(payload)?.hello).toMatchObject({ version: "2026.9.6", protocol: 4, tickIntervalMs: 30_000 });
  });

  it("keeps the device token apart from what may be shown", () => {
    const read = readHello({ type: "hello-ok", auth: { deviceToken: "d-secret", scopes: [] } });
    expect(read?.issuedToken).toBe("d-secret");
    expect(JSON.stringify(read?.hello)).not.toContain("d-secret");
  });

  it("tells no scopes from not told", () => {
    expect(readHello({ type: "hello-ok", auth: { scopes: [] } })?.hello.scopes).toEqual([]);
    expect(readHello({ type: "hello-ok" })?.hello.scopes).toBeUndefined();
  });

  it("survives fields of other types", () => {
    expect(readHello({ type: "hello-ok", server: "x", snapshot: [], auth: { scopes: "all" }, protocol: "4" })?.hello).toEqual({});
  });

  it("counts clients of other machines, not the gateway itself", () => {
    const presence = [{ ip: "192.0.2.2", mode: "gateway" }, { ip: "192.0.2.9", mode: "ui" }, { mode: "cli" }];
    expect(readHello({ type: "hello-ok", snapshot: { presence } })?.hello.clientAddresses).toEqual(["192.0.2.9"]);
  });

  it.each([undefined, null, {}, { type: "hello" }, "hello-ok"])("refuses %j", (payload) => {
    expect(readHello(payload)).toBeUndefined();
  });
});
