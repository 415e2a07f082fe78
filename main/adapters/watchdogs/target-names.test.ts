import { describe, expect, it } from "vitest";
import { targetNames } from "./target-names.ts";

const names = targetNames({ labels: ["ai.lamp.gateway", "lamp.service"], ports: [80], words: ["lampctl", "a"] });

describe("targetNames", () => {
  it.each(["gui/501/ai.lamp.gateway", "ai.lamp.gateway.plist", "'ai.lamp.gateway'", "restart lamp", "lamp.service", "LAMP.SERVICE"])(
    "knows the unit in %s",
    (text) => {
      expect(names.unit(text)).toBe(true);
    },
  );

  it.each([
    "ai.lamp.gateway-dev",
    "my-ai.lamp.gateway",
    "ai.lamp.gatewayx",
    "ai.lamp.gateway.dev",
    "aixlampxgateway",
    "lamp-x.service",
    "xlamp",
  ])("does not take %s for the unit", (text) => {
    expect(names.unit(text)).toBe(false);
  });

  it("knows ports and words as wholes", () => {
    expect([":80", "port 80", "80"].map(names.port)).toEqual([true, true, true]);
    expect(["800", "180", "1.80", "80x"].map(names.port)).toEqual([false, false, false, false]);
    expect(["/usr/bin/lampctl run", "~/.lampctl", "lampctl-node"].map(names.word)).toEqual([true, true, true]);
    expect(["xlampctl", "lampctls", "a"].map(names.word)).toEqual([false, false, false]);
  });

  it("means nothing when nothing is named, and takes names literally", () => {
    const none = targetNames({ labels: [""], ports: [], words: ["", " "] });
    expect([none.any(""), none.any("anything"), none.unit("x")]).toEqual([false, false, false]);
    expect(targetNames({ labels: ["a.*b(["], ports: [], words: [] }).unit("restart a.*b([")).toBe(true);
    expect(targetNames({ labels: ["a.*b(["], ports: [], words: [] }).unit("axxb([")).toBe(false);
  });
});
