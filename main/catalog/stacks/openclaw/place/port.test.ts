import { describe, expect, it } from "vitest";
import { choosePort, profilePort } from "./port.ts";

const env = (value?: string) => ({ variable: (name: string) => (name === "OPENCLAW_GATEWAY_PORT" ? value : undefined) });

describe("the gateway's port", () => {
  it("comes from the settings, then the variable, then openclaw.json, then the default", () => {
    const all = { setting: 1, env: env("2"), config: 3 };
    expect(choosePort(all)).toEqual({ port: 1, source: "settings" });
    expect(choosePort({ ...all, setting: undefined })).toEqual({ port: 2, source: "environment" });
    expect(choosePort({ env: env(), config: 3 })).toEqual({ port: 3, source: "config" });
    expect(choosePort({ env: env() })).toEqual({ port: 18_789, source: "default" });
  });

  it.each([
    ["18790", 18_790],
    ["127.0.0.1:18791", 18_791],
    ["[::1]:18792", 18_792],
  ])("reads %s as OpenClaw does", (text, port) => {
    expect(choosePort({ env: env(text) }).port).toBe(port);
  });

  it.each(["", "0", "65536", "eighty", "::1:80", "18789 "])("passes over %j when it is no port, or takes its number", (text) => {
    expect(choosePort({ env: env(text), config: 4 }).port).toBe(text.trim() === "18789" ? 18_789 : 4);
  });

  it("is spread by name for profiles, as the program itself does it", () => {
    // Printed by the real 2026.9.6 for the profile "work".
    expect(profilePort("work")).toBe(41_984);
    expect(profilePort("dev")).toBe(19_001);
    expect(profilePort(undefined)).toBe(18_789);
  });
});
