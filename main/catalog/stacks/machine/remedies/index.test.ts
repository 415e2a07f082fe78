import { describe, expect, it } from "vitest";
import { objectionTo } from "../../../../core/engine/effect-guard.ts";
import { type Effect, PlannedEffect } from "../../../../core/model/plan.ts";
import { remediesFor } from "./index.ts";
import type { Params, Place } from "./steps.ts";

const mac: Place = { platform: "macos", uid: 502, user: "sam", home: "/Users/sam" };
const linux: Place = { platform: "linux", uid: 1000, user: "sam", home: "/home/sam" };

const planOf = (place: Place, id: string, params: Params = {}): readonly Effect[] =>
  (
    remediesFor(place)
      .find((one) => one.id === id)
      ?.plan(params) ?? []
  ).map(({ effect }) => effect);
const commandsOf = (place: Place, id: string, params: Params = {}): readonly string[] =>
  planOf(place, id, params).flatMap((effect) => (effect.do === "run-command" ? [effect.argv.join(" ")] : []));
const stepsOf = (place: Place, id: string, params: Params = {}): readonly string[] => planOf(place, id, params).map((effect) => effect.do);
/** What is done to units and files, in order. */
const actsOf = (place: Place, id: string, params: Params = {}): readonly string[] =>
  planOf(place, id, params).flatMap((effect): readonly string[] => {
    if (effect.do === "service-unit") return [`${effect.action} ${effect.label}`];
    if (effect.do === "remove-file") return [`remove ${effect.path}`];
    if (effect.do === "set-mode") return [`mode ${effect.mode.toString(8)} ${effect.path}`];
    return effect.do === "end-process" ? [`end ${effect.name} ${effect.pid}`] : [];
  });
const unit = { label: "org.example.relay" };

describe.each([
  ["macOS", mac],
  ["Linux", linux],
])("a service unit on %s", (_name, place) => {
  it.each([
    ["load-unit", ["load org.example.relay"]],
    ["reload-unit", ["reload org.example.relay"]],
    ["start-unit", ["start org.example.relay"]],
    ["restart-unit", ["restart org.example.relay"]],
    ["enable-unit", ["enable org.example.relay", "load org.example.relay"]],
  ])("%s leaves the recipe to the manager", (id, expected) => {
    expect(actsOf(place, id, unit)).toEqual(expected);
    expect(commandsOf(place, id, unit)).toEqual([]);
  });

  it("is acted on by name only: without one a person is asked", () => {
    for (const id of ["load-unit", "reload-unit", "start-unit", "restart-unit", "enable-unit"])
      expect(stepsOf(place, id)).toEqual(["ask-person"]);
  });

  it("is switched on only after somebody agreed, who may have switched it off", () => {
    expect(stepsOf(place, "enable-unit", unit)[0]).toBe("ask-person");
  });

  it("is shown without its environment and without its text, which may hold secrets", () => {
    for (const { id } of remediesFor(place)) {
      const words = commandsOf(place, id, { ...unit, fault: "x" }).join("\n");
      expect(words, id).not.toMatch(/launchctl print gui\/\d+\/|plutil -p|systemctl --user (?:cat|status)|show-environment/);
    }
  });

  it("that cannot write its log gets the folder, when that is in the home", () => {
    const logFolder = `${place.home}/Library/Logs/relay`;
    expect(commandsOf(place, "make-log-folder", { ...unit, logFolder })).toEqual([`/bin/mkdir -p ${logFolder}`]);
    expect(actsOf(place, "make-log-folder", { ...unit, logFolder })).toEqual(["reload org.example.relay"]);
    for (const elsewhere of ["/var/log/relay", `${place.home}/../root/x`, `${place.home}//x`, `${place.home}/`, "relative"])
      expect(stepsOf(place, "make-log-folder", { ...unit, logFolder: elsewhere })).toEqual(["ask-person"]);
  });

  it("loses a damaged file of its own only while it is stopped", () => {
    const statePath = `${place.home}/.relay/lock`;
    const expected = ["stop org.example.relay", `remove ${statePath}`, "start org.example.relay"];
    expect(actsOf(place, "clear-state-file", { ...unit, statePath })).toEqual(expected);
    expect(actsOf(place, "regenerate-cache", { ...unit, cachePath: statePath })).toEqual(expected);
    expect(actsOf(place, "clear-state-file", { statePath })).toEqual([`remove ${statePath}`]);
    for (const id of ["clear-state-file", "regenerate-cache"]) {
      expect(stepsOf(place, id, unit)).toEqual(["ask-person"]);
      expect(stepsOf(place, id, { ...unit, statePath: "/etc/passwd", cachePath: "/etc/passwd" })).toEqual(["ask-person"]);
    }
  });

  it("gets its port back from a proven copy of itself; of a stranger only the name is said", () => {
    const held = { ...unit, port: 8_080, pid: 900, startedMs: 1_795_000_000_000, process: "python3" };
    expect(actsOf(place, "free-port", { ...held, stray: "yes" })).toEqual(["end python3 900", "start org.example.relay"]);
    expect(actsOf(place, "free-port", held)).toEqual(["start org.example.relay"]);
    expect(JSON.stringify(planOf(place, "free-port", held))).toContain("Stop python3 (process 900)");
    for (const wrong of [{ pid: 1 }, { startedMs: 0 }, { process: "" }])
      expect(stepsOf(place, "free-port", { ...held, stray: "yes", ...wrong })).not.toContain("end-process");
  });
});

describe("on macOS", () => {
  const plist = "/Users/sam/Library/LaunchAgents/org.example.relay.plist";

  it("closes the permissions of a definition, checks its form, and only then loads it anew", () => {
    expect(stepsOf(mac, "tighten-definition", unit)).toEqual(["set-mode", "run-command", "service-unit"]);
    expect(actsOf(mac, "tighten-definition", unit)).toEqual([`mode 644 ${plist}`, "reload org.example.relay"]);
    expect(commandsOf(mac, "tighten-definition", unit)).toEqual([`/usr/bin/plutil -lint ${plist}`]);
  });

  it("says the exact fault of a definition to the person who corrects it", () => {
    const [, ask] = planOf(mac, "tighten-definition", { ...unit, fault: "KeepAlive is a text,\nwhich launchd refuses." });
    expect(ask).toMatchObject({
      do: "ask-person",
      instruction: expect.stringMatching(/^KeepAlive is a text, which launchd refuses\. Correct \/Users/),
    });
  });

  it("takes the definition it was told of, when it is in the home", () => {
    const definitionPath = "/Users/sam/Library/LaunchAgents/other.plist";
    expect(actsOf(mac, "tighten-definition", { ...unit, definitionPath })[0]).toBe(`mode 644 ${definitionPath}`);
    expect(actsOf(mac, "tighten-definition", { ...unit, definitionPath: "/Library/LaunchDaemons/x.plist" })[0]).toBe(`mode 644 ${plist}`);
  });

  it("opens the settings where only a person can act", () => {
    expect(stepsOf(mac, "open-login-items")).toEqual(["open-url", "ask-person"]);
    expect(stepsOf(mac, "open-local-network")).toEqual(["open-url", "ask-person"]);
  });

  it("waits before it looks whether launchd is done", () => {
    expect(stepsOf(mac, "wait-for-launchd", unit)).toEqual(["wait", "run-command", "run-command"]);
  });

  it("offers nothing of systemd", () => {
    const ids = remediesFor(mac).map((one) => one.id);
    expect(ids).not.toContain("enable-linger");
    expect(ids).not.toContain("reset-failed");
  });
});

describe("on Linux", () => {
  it("clears the failure count before it starts once, after the cause was repaired", () => {
    expect(stepsOf(linux, "reset-failed", { label: "example.service" })).toEqual(["ask-person", "service-unit", "service-unit"]);
    expect(actsOf(linux, "reset-failed", { label: "example.service" })).toEqual(["reset-failed example.service", "start example.service"]);
  });

  it("switches lingering on for the account, with or without a unit to name", () => {
    expect(actsOf(linux, "enable-linger", { label: "example.service" })).toEqual(["enable-linger example.service"]);
    expect(actsOf(linux, "enable-linger")).toEqual(["enable-linger default.target"]);
  });

  it("offers nothing of launchd", () => {
    expect(remediesFor(linux).map((one) => one.id)).not.toContain("wait-for-launchd");
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
      const acts = remedy.plan(params).flatMap(({ effect }) => (effect.do === "ask-person" ? [] : [JSON.stringify(effect)]));
      for (const value of bad) expect(acts.filter((word) => word.includes(value))).toEqual([]);
    }
  });

  it("passes the guard that looks at every effect", () => {
    for (const params of [...hostile, { ...unit, port: 8_080, statePath: "/home/sam/x", cachePath: "/home/sam/y", host: "build" }])
      for (const { effect } of remedy.plan(params)) expect([effect.do, objectionTo(effect)]).toEqual([effect.do, undefined]);
  });

  it("asks for no more rights", () => {
    const words = remedy.plan({ label: "org.example.agent" }).flatMap(({ effect }) => (effect.do === "run-command" ? effect.argv : []));
    expect(words).not.toContain("sudo");
    expect(words).not.toContain("sh");
  });
});
