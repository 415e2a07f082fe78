import { describe, expect, it } from "vitest";
import type { ServiceAction } from "../../core/model/plan.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { isTriggered, launchctlRecipe } from "./launchctl-recipe.ts";
import type { PlistValue } from "./plist-value.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const label = "org.example.agent";
const path = "/Users/sam/Library/LaunchAgents/org.example.agent.plist";
const loaded = (state: Loaded["state"], more: Partial<Loaded> = {}): Loaded => ({ kind: "loaded", state, rawState: state, ...more });
const notLoaded: ServiceReading = { kind: "not-loaded", definitionPath: path, disabled: false };

const verbs = (action: ServiceAction, reading: ServiceReading, keys: Readonly<Record<string, PlistValue>> = {}, isChanged = false) => {
  const definition = { label, path, scope: "user" as const, argv: [], environment: {}, dict: new Map(Object.entries(keys)) };
  const recipe = launchctlRecipe(action, label, { domain: "gui/501", reading, definition }, isChanged);
  return recipe.map((argv) => argv.filter((word) => word !== `gui/501/${label}` && word !== "gui/501" && word !== path).join(" "));
};
const load = ["enable", "bootstrap", "kickstart"];

describe("what is run for an action", () => {
  it.each<[ServiceAction, string, ServiceReading, readonly string[]]>([
    ["load", "is not loaded", notLoaded, load],
    ["load", "runs", loaded("running"), []],
    ["load", "is starting", loaded("starting"), []],
    ["load", "waits for its hour", loaded("stopped", { onDemand: true }), []],
    ["load", "was never started", loaded("stopped", { runs: 0 }), ["kickstart"]],
    ["start", "is not loaded and switched off", { ...notLoaded, disabled: true }, load],
    ["start", "is loaded and switched off", loaded("stopped", { enabled: false }), ["enable", "kickstart"]],
    ["start", "failed", loaded("failed"), ["kickstart"]],
    [
      "start",
      "was killed for its replaced program",
      loaded("failed", { lastEnd: { reason: "OS_REASON_CODESIGNING" } }),
      ["bootout", ...load],
    ],
    ["start", "is just ending", loaded("stopping"), ["bootout", ...load]],
    ["start", "waits for its hour", loaded("stopped", { onDemand: true }), ["kickstart"]],
    ["restart", "runs", loaded("running"), ["kickstart -k"]],
    ["restart", "runs with a changed definition", loaded("running", { drift: ["the working directory"] }), ["bootout", ...load]],
    ["restart", "must be loaded anew", loaded("running", { needsReload: true }), ["bootout", ...load]],
    ["restart", "is not loaded", notLoaded, load],
    ["reload", "runs", loaded("running"), ["bootout", ...load]],
    ["reload", "is not loaded", notLoaded, load],
    ["stop", "runs", loaded("running"), ["bootout"]],
    ["stop", "is between two starts", loaded("waiting-to-restart"), ["bootout"]],
    ["stop", "is not loaded", notLoaded, []],
    ["enable", "is on", loaded("running", { enabled: true }), []],
    ["enable", "may be on", loaded("running"), ["enable"]],
    ["enable", "is off", { ...notLoaded, disabled: true }, ["enable"]],
    ["disable", "is on", loaded("running", { enabled: true }), ["disable"]],
    ["disable", "is off", { ...notLoaded, disabled: true }, []],
    ["reset-failed", "failed", loaded("failed"), []],
    ["read-definitions", "runs", loaded("running"), []],
    ["enable-linger", "runs", loaded("running"), []],
  ])("%s when it %s", (action, _, reading, wanted) => expect(verbs(action, reading)).toEqual(wanted));

  it("is a reload instead of a kick when the program was replaced under the running job", () => {
    expect(verbs("restart", loaded("running"), {}, true)).toEqual(["bootout", ...load]);
  });

  it("kicks no job that has hours of its own, unless a person starts it", () => {
    expect(verbs("reload", loaded("stopped"), { StartInterval: 60 })).toEqual(["bootout", "enable", "bootstrap"]);
    expect(verbs("start", notLoaded, { StartInterval: 60 })).toEqual(load);
  });
});

it.each<[string, Readonly<Record<string, PlistValue>>, boolean]>([
  ["an interval", { StartInterval: 60 }, true],
  ["a calendar", { StartCalendarInterval: new Map() }, true],
  ["watched paths", { WatchPaths: ["/tmp"], KeepAlive: false }, true],
  ["an interval and a start at load", { StartInterval: 60, RunAtLoad: true }, false],
  ["an interval and being kept alive", { StartInterval: 60, KeepAlive: true }, false],
  ["nothing but being kept alive", { KeepAlive: true }, false],
])("a job with %s waits for a trigger: %s", (_, keys, is) => expect(isTriggered(new Map(Object.entries(keys)))).toBe(is));
