import { describe, expect, it } from "vitest";
import { launchctlRefusal, obstacleTo, refusedOutcome, unknownRefusal } from "./launchctl-refusal.ts";

const named = [1, 3, 5, 36, 37, 107, 108, 109, 110, 111, 112, 113, 119, 121, 122, 124, 125, 130, 133, 134, 144, 146, 150, 155, 159, 161];
const ran = { stdout: "", stderr: "TOKEN=canary", durationMs: 1 };

describe("what launchctl means by its exit code", () => {
  it.each(named)("%i has a meaning and a next step", (exitCode) => {
    const sentence = expect.stringMatching(/^[A-Z].{15,}\.$/i);
    expect(launchctlRefusal(exitCode)).toEqual({ kind: "failed", meaning: sentence, next: sentence, exitCode });
  });

  it.each([
    [119, /switched off/],
    [125, /no desktop session/],
    [112, /no desktop session/],
    [122, /others may write/],
    [134, /kind of session/],
    [161, /background item/],
  ])("%i is told as %s", (exitCode, words) => expect(launchctlRefusal(exitCode).meaning).toMatch(words));

  it("is told by its number when nobody knows it", () => {
    expect(launchctlRefusal(77)).toMatchObject({ meaning: expect.stringContaining("77"), next: expect.stringMatching(/\w+ \w+/) });
  });
});

describe("a call that did not end well", () => {
  it.each([
    [{ kind: "timed-out", ...ran } as const, "timed-out"],
    [{ kind: "cancelled", ...ran } as const, "cancelled"],
    [{ kind: "killed", signal: "SIGKILL", ...ran } as const, "failed"],
    [{ kind: "not-found", reason: "Nothing is at /bin/launchctl." } as const, "failed"],
    [{ kind: "exited", exitCode: 119, truncated: false, ...ran } as const, "failed"],
  ])("%j is %s, and never quotes what was printed", (outcome, kind) => {
    const refused = refusedOutcome(outcome, "bootout");
    expect(refused.kind).toBe(kind);
    expect(JSON.stringify(refused)).not.toContain("canary");
  });
});

describe("what stands against loading a job", () => {
  const path = "/Users/sam/x.plist";

  it("is that it is switched off, before anything else", () => {
    expect(obstacleTo({ kind: "not-loaded", definitionPath: path, disabled: true, refusal: "It has no Label" })?.meaning).toMatch(
      /switched off/,
    );
  });

  it("is what launchd would refuse in the definition, which is named", () => {
    const obstacle = obstacleTo({ kind: "not-loaded", definitionPath: path, disabled: false, refusal: "It has no Label" });
    expect(obstacle?.meaning).toBe(`launchd would refuse the definition ${path}: It has no Label.`);
  });

  it("is that nobody is logged in", () => {
    expect(obstacleTo({ kind: "unknown", reason: "no-session", detail: "" })?.meaning).toMatch(/desktop session/);
  });

  it("is nothing that is known", () => {
    expect(obstacleTo({ kind: "not-loaded", definitionPath: path, disabled: false })).toBeNull();
    expect(obstacleTo({ kind: "not-installed" })).toBeNull();
    expect(obstacleTo({ kind: "unknown", reason: "timed-out", detail: "" })).toBeNull();
  });
});

it.each(["no-manager", "no-session", "no-bus", "denied", "timed-out", "unreadable"] as const)(
  "says what to do when launchd cannot be asked: %s",
  (reason) => {
    expect(unknownRefusal({ kind: "unknown", reason, detail: "" })).toMatchObject({ next: expect.stringMatching(/\w+ \w+/) });
  },
);
