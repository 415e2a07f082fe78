import { describe, expect, it } from "vitest";
import { allows, reads } from "./reads.ts";

describe("the calls we make", () => {
  it("are all reads: no name of a change is among them", () => {
    // The preflight only says whether a restart would interrupt anything.
    for (const method of Object.keys(reads).filter((one) => one !== "gateway.restart.preflight"))
      expect(method).not.toMatch(/set|patch|apply|start|stop|run$|add|remove|approve|reject|rotate|revoke|request|log(?:in|out)|wake/);
  });

  it("never ask channels to be probed, which would call out to providers", () => {
    expect(reads["channels.status"].params).toEqual({ probe: false });
  });

  it("are allowed by their own scope, by admin, and where scopes are not told", () => {
    expect(allows(["operator.read"], "cron.list")).toBe(true);
    expect(allows(["operator.read"], "device.pair.list")).toBe(false);
    expect(allows(["operator.admin"], "device.pair.list")).toBe(true);
    expect(allows([], "node.list")).toBe(false);
    expect(allows(undefined, "node.list")).toBe(true);
  });
});
