import { describe, expect, it } from "vitest";
import { PlannedEffect } from "../../../../core/model/plan.ts";
import { remediesFor } from "./index.ts";
import type { Params, Place } from "./steps.ts";

const mac: Place = { platform: "macos", uid: 502, user: "sam", home: "/Users/sam" };
const linux: Place = { platform: "linux", uid: 1000, user: "sam", home: "/home/sam" };

function commandsOf(place: Place, id: string, params: Params = {}): readonly string[] {
  const remedy = remediesFor(place).find((one) => one.id === id);
  return (remedy?.plan(params) ?? []).flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv.join(" ")] : []));
}
const stepsOf = (place: Place, id: string, params: Params = {}): readonly string[] =>
  (
    remediesFor(place)
      .find((one) => one.id === id)
      ?.plan(params) ?? []
  ).map(({ effect }) => effect.do);

describe("on macOS", () => {
  it("reloads in the order that lets launchd settle", () => {
    expect(stepsOf(mac, "reload-unit", { label: "org.example.agent" })).toEqual([
      "run-command",
      "wait",
      "run-command",
      "run-command",
      "run-command",
      "run-command",
    ]);
    expect(commandsOf(mac, "reload-unit", { label: "org.example.agent" })).toEqual([
      "/bin/launchctl bootout gui/502/org.example.agent",
      "/bin/launchctl enable gui/502/org.example.agent",
      "/bin/launchctl bootstrap gui/502 /Users/sam/Library/LaunchAgents/org.example.agent.plist",
      "/bin/launchctl kickstart gui/502/org.example.agent",
      "/bin/launchctl print gui/502/org.example.agent",
    ]);
  });

  it("loads from the definition it was told of, after switching the unit on", () => {
    const params = { label: "org.example.agent", definitionPath: "/Users/sam/Library/LaunchAgents/other.plist" };
    expect(commandsOf(mac, "load-unit", params).slice(0, 2)).toEqual([
      "/bin/launchctl enable gui/502/org.example.agent",
      "/bin/launchctl bootstrap gui/502 /Users/sam/Library/LaunchAgents/other.plist",
    ]);
  });

  it("starts without killing what runs", () => {
    expect(commandsOf(mac, "start-unit", { label: "org.example.agent" })[0]).toBe("/bin/launchctl kickstart gui/502/org.example.agent");
  });

  it("closes the permissions of a definition after showing them", () => {
    expect(commandsOf(mac, "tighten-definition", { label: "a.b" })).toEqual([
      "/bin/ls -l /Users/sam/Library/LaunchAgents/a.b.plist",
      "/usr/bin/plutil -lint /Users/sam/Library/LaunchAgents/a.b.plist",
      "/bin/chmod 644 /Users/sam/Library/LaunchAgents/a.b.plist",
    ]);
  });

  it("opens the settings where only a person can act", () => {
    expect(stepsOf(mac, "open-login-items")).toEqual(["open-url", "ask-person"]);
    expect(stepsOf(mac, "open-local-network")).toEqual(["open-url", "ask-person"]);
  });

  it("offers nothing of systemd", () => {
    expect(remediesFor(mac).map((one) => one.id)).not.toContain("enable-linger");
  });
});

describe("on Linux", () => {
  it("clears the failure count before it starts once", () => {
    expect(commandsOf(linux, "reset-failed", { label: "example" })).toEqual([
      "systemctl --user reset-failed example.service",
      "systemctl --user start example.service",
      "systemctl --user status --no-pager example.service",
    ]);
  });

  it("keeps a unit's own ending", () => {
    expect(commandsOf(linux, "start-unit", { label: "backup.timer" })[0]).toBe("systemctl --user start backup.timer");
  });

  it("switches lingering on for the account by name, without a password prompt", () => {
    expect(commandsOf(linux, "enable-linger")[0]).toBe("loginctl --no-ask-password enable-linger sam");
  });

  it("offers nothing of launchd", () => {
    expect(remediesFor(linux).map((one) => one.id)).not.toContain("reload-unit");
  });
});

describe("everywhere", () => {
  it("uses a context only when it is named", () => {
    expect(commandsOf(linux, "list-contexts")).toEqual(["docker context ls"]);
    expect(commandsOf(mac, "list-contexts", { context: "colima" })).toEqual(["docker context ls", "docker context use colima"]);
  });

  it("names the owner of a port, and looks at memory and disk again afterwards", () => {
    expect(commandsOf(linux, "name-port-owner", { port: 18789 })).toEqual(["lsof -nP -iTCP:18789 -sTCP:LISTEN"]);
    expect(stepsOf(linux, "show-memory").at(-1)).toBe("recheck");
    expect(stepsOf(mac, "show-disk").at(-1)).toBe("recheck");
  });

  it("never starts a runtime and never unlocks a keychain", () => {
    for (const place of [mac, linux]) {
      expect(commandsOf(place, "start-runtime")).toEqual(["docker ps"]);
      expect(commandsOf(place, "unlock-at-screen")).toEqual([]);
    }
  });
});

const everyRemedy = [mac, linux].flatMap((place) =>
  remediesFor(place).map((remedy) => [`${place.platform} ${remedy.id}`, remedy] as const),
);
const hostile: readonly Params[] = [
  { label: "--now", port: "1; reboot", host: "-oProxyCommand=x", context: "$(x)", definitionPath: "relative.plist" },
  { label: "a b", port: 0, host: "a/b", context: "../x", definitionPath: "/a/../../etc/passwd" },
  { label: "x".repeat(5_000), port: Number.NaN, host: "", context: "", definitionPath: "/a\nb" },
  {},
];

describe.each(everyRemedy)("the plan %s", (_, remedy) => {
  it("is complete: steps that fit the schema, words for risk, undo and proof", () => {
    const steps = remedy.plan({ label: "org.example.agent", port: 18789, host: "build", context: "colima" });
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(PlannedEffect.safeParse(step).success).toBe(true);
    for (const text of [remedy.title, remedy.interrupts, remedy.undo, remedy.verify]) expect(text.length).toBeGreaterThan(3);
  });

  it("calls itself safe only when each of its steps is", () => {
    const risks = remedy.plan({ label: "org.example.agent" }).map((step) => step.risk);
    expect(remedy.risk === "safe" ? risks.every((risk) => risk === "safe") : true).toBe(true);
  });

  it("lets no hostile name into a command", () => {
    for (const params of hostile) {
      const bad = Object.values(params)
        .map(String)
        .filter((value) => value.length > 1);
      const words = remedy.plan(params).flatMap(({ effect }) => (effect.do === "run-command" ? effect.argv : []));
      for (const value of bad) expect(words.filter((word) => word.includes(value))).toEqual([]);
    }
  });

  it("asks for no more rights", () => {
    const words = remedy.plan({ label: "org.example.agent" }).flatMap(({ effect }) => (effect.do === "run-command" ? effect.argv : []));
    expect(words).not.toContain("sudo");
    expect(words).not.toContain("sh");
  });
});
