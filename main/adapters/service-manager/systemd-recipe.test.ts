import { describe, expect, it } from "vitest";
import type { ServiceAction } from "../../core/model/plan.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { systemdRecipe } from "./systemd-recipe.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const loaded = (state: Loaded["state"], more: Partial<Loaded> = {}): Loaded => ({ kind: "loaded", state, rawState: `x/${state}`, ...more });

/** The calls without the words they all begin with. */
const calls = (action: ServiceAction, reading: ServiceReading) =>
  systemdRecipe(action, "u.service", reading, "sam").map((argv) => {
    expect(argv.slice(0, 3)).toEqual(["systemctl", "--user", "--no-ask-password"]);
    return argv.slice(3).join(" ");
  });

describe("systemdRecipe", () => {
  it.each<[ServiceAction, ServiceReading, readonly string[]]>([
    ["start", loaded("stopped"), ["start -- u.service"]],
    ["start", loaded("failed", { gaveUp: true }), ["reset-failed -- u.service", "start -- u.service"]],
    ["start", loaded("running"), []],
    ["start", loaded("starting"), []],
    ["start", loaded("waiting-to-restart"), ["start -- u.service"]],
    ["load", loaded("running"), []],
    ["load", loaded("stopped", { needsReload: true }), ["daemon-reload", "start -- u.service"]],
    ["load", loaded("running", { needsReload: true }), ["daemon-reload"]],
    ["load", { kind: "not-loaded", definitionPath: "/u", disabled: false }, ["daemon-reload", "start -- u.service"]],
    ["stop", loaded("running"), ["stop -- u.service"]],
    ["stop", loaded("waiting-to-restart"), ["stop -- u.service"]],
    ["stop", loaded("stopped"), []],
    ["stop", loaded("stopped", { rawState: "active/exited" }), ["stop -- u.service"]],
    ["stop", loaded("failed"), []],
    ["stop", { kind: "not-installed" }, []],
    ["restart", loaded("running"), ["restart -- u.service"]],
    ["restart", loaded("failed"), ["reset-failed -- u.service", "restart -- u.service"]],
    ["reload", loaded("running"), ["daemon-reload", "reset-failed -- u.service", "restart -- u.service"]],
    ["enable", loaded("running", { enabled: false }), ["enable -- u.service", "daemon-reload"]],
    ["enable", loaded("running"), ["enable -- u.service", "daemon-reload"]],
    ["enable", loaded("running", { enabled: true }), []],
    ["disable", loaded("running", { enabled: true }), ["disable -- u.service", "daemon-reload"]],
    ["disable", loaded("running", { enabled: false }), []],
    ["reset-failed", loaded("failed"), ["reset-failed -- u.service"]],
    ["reset-failed", loaded("waiting-to-restart"), ["reset-failed -- u.service"]],
    ["reset-failed", loaded("running"), []],
    ["read-definitions", loaded("running"), ["daemon-reload"]],
  ])("%s, seeing %j, calls %j", (action, reading, expected) => {
    expect(calls(action, reading)).toEqual(expected);
  });

  it("switches lingering on for the account by name, and never asks for a password", () => {
    expect(systemdRecipe("enable-linger", "", { kind: "not-installed" }, "sam")).toEqual([
      ["loginctl", "--no-ask-password", "enable-linger", "sam"],
    ]);
  });
});
