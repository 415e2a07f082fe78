import { describe, expect, it } from "vitest";
import { actableUnitName, unitName } from "./unit-name.ts";

const hostile = ["", "--help", "-H", "a b", "../x", "a/b", "$(id)", "x;y", "a\nb", "x'", 'x"', "é", "*", "x".repeat(300)];

describe("unitName", () => {
  it("takes a bare name for that of a service and leaves the kinds of systemd as they are", () => {
    expect(["gateway", "gateway.service", "tick.timer", "who@1.service", "ai.openclaw.gateway"].map(unitName)).toEqual([
      "gateway.service",
      "gateway.service",
      "tick.timer",
      "who@1.service",
      "ai.openclaw.gateway.service",
    ]);
  });

  it.each(hostile)("takes %j for no name", (label) => {
    expect(unitName(label)).toBeNull();
    expect(actableUnitName(label)).toBeNull();
  });
});

describe("actableUnitName", () => {
  it("allows what can be started and stopped alone", () => {
    expect(["gateway", "tick.timer", "in.socket", "seen.path"].map(actableUnitName)).not.toContain(null);
  });

  it.each(["default.target", "exit.target", "app.slice", "-.slice", "home.mount", "init.scope", ".service"])(
    "does not touch %s",
    (label) => {
      expect(actableUnitName(label)).toBeNull();
    },
  );
});
