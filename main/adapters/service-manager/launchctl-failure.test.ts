import { describe, expect, it } from "vitest";
import { launchctlMeaning, readLaunchctlFailure } from "./launchctl-failure.ts";

describe("readLaunchctlFailure", () => {
  it.each([
    [113, "", { kind: "no-such-service" }],
    [64, 'Could not find service "x" in domain for port', { kind: "no-such-service" }],
    [112, "", { kind: "unknown", reason: "no-session" }],
    [125, "", { kind: "unknown", reason: "no-session" }],
    [3, "Could not find domain for user gui: 501", { kind: "unknown", reason: "no-session" }],
    [1, "", { kind: "unknown", reason: "denied" }],
    [150, "Operation not permitted while System Integrity Protection is engaged", { kind: "unknown", reason: "denied" }],
    [5, "Input/output error", { kind: "unknown", reason: "unreadable" }],
  ])("reads %d %s", (code, text, expected) => {
    expect(readLaunchctlFailure(code, text)).toEqual(expected);
  });
});

describe("launchctlMeaning", () => {
  it("has words for the codes people meet, and shows the number of others", () => {
    expect(launchctlMeaning(119)).toBe("the service is disabled");
    expect(launchctlMeaning(5)).toContain("almost anything");
    expect(launchctlMeaning(200)).toBe("launchctl error 200");
  });
});
