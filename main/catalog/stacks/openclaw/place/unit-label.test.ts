import { describe, expect, it } from "vitest";
import { unitLabel } from "./unit-label.ts";

const env = (variables: Readonly<Record<string, string>> = {}) => ({ variable: (name: string) => variables[name] });

describe("the name of the service unit", () => {
  it.each([
    ["launchd", undefined, "ai.openclaw.gateway"],
    ["launchd", "work", "ai.openclaw.work"],
    ["systemd", undefined, "openclaw-gateway.service"],
    ["systemd", "work", "openclaw-gateway-work.service"],
  ] as const)("under %s for profile %s is %s", (kind, profile, label) => {
    expect(unitLabel(kind, { profile, env: env() })).toBe(label);
  });

  it("does not exist without a manager", () => {
    expect(unitLabel("none", { env: env() })).toBeNull();
  });

  it("follows OpenClaw's variables and our settings before them", () => {
    expect(unitLabel("launchd", { env: env({ OPENCLAW_LAUNCHD_LABEL: "my.gateway" }) })).toBe("my.gateway");
    expect(unitLabel("systemd", { env: env({ OPENCLAW_SYSTEMD_UNIT: "mine" }) })).toBe("mine.service");
    expect(unitLabel("systemd", { setting: "set.service", env: env({ OPENCLAW_SYSTEMD_UNIT: "mine" }) })).toBe("set.service");
  });
});
