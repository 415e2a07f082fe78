import { describe, expect, it } from "vitest";
import type { Finding } from "../core/model/finding.ts";
import type { Effect, PlannedEffect } from "../core/model/plan.ts";
import type { RepairTarget } from "../core/model/target.ts";
import { curesCause, type GateQuestion, gateFacts, questionFor } from "./gate-question.ts";
import type { Site } from "./site.ts";

const planned = (effect: Effect, risk: PlannedEffect["risk"] = "safe"): PlannedEffect => ({ effect, preview: "", risk });
const restart = planned({ do: "service-unit", action: "restart", label: "pigeon" });
const reload = planned({ do: "service-unit", action: "reload", label: "pigeon" });
const rewrite = planned({ do: "run-command", argv: ["pigeon", "install"], envNames: [], restarts: "pigeon", rewrites: true }, "disruptive");
const show = planned({ do: "run-command", argv: ["pigeon", "status"], envNames: [] });
const change = planned({ do: "run-command", argv: ["pigeon", "set"], envNames: [] }, "disruptive");
const write = planned({ do: "write-file", path: "/a/b", text: "" });
const ask = planned({ do: "ask-person", instruction: "" });

describe("a plan cures the cause", () => {
  it.each([
    ["when it changes a file before it restarts", [write, restart], true],
    ["when it runs what changes something before", [show, change, restart], true],
    ["when the step that starts it writes its definition anew", [show, rewrite], true],
    ["when a person is asked to change the definition that is then taken up", [ask, reload], true],
    ["but not by taking up a definition that nobody changed", [show, reload], false],
    ["but not when it only looks or asks before", [show, ask, restart], false],
    ["but not by what comes after", [restart, write], false],
    ["but not without a restart", [write], false],
  ])("%s", (_, effects, cures) => expect(curesCause(effects)).toBe(cures));
});

const finding = (code: string, change: Partial<Finding> = {}): Finding => ({
  code,
  symptoms: [],
  light: "red",
  state: "hard",
  title: code,
  detail: "",
  evidence: [],
  root: true,
  followers: [],
  ruledOut: [],
  remedies: [],
  since: 0,
  ...change,
});

function site(change: Partial<Site> & { works?: boolean; findings?: readonly Finding[] } = {}): Site {
  const { works, findings = [finding("pigeon.a.down")], ...rest } = change;
  const target: RepairTarget = {
    label: "pigeon.service",
    title: "the relay",
    ports: [],
    words: [],
    bootGraceMs: 5_000,
    unit: () => undefined,
    works: () => works,
    proofs: [],
  };
  return {
    id: "pigeon",
    title: "Pigeon",
    present: { light: "red", sentence: "", findings },
    kinds: [
      { code: "pigeon.a.down", symptoms: [], light: "red", layer: 2, title: "", detail: "", runbook: "" },
      { code: "pigeon.a.quota", symptoms: [], light: "red", layer: 9, title: "", detail: "", runbook: "" },
    ],
    checks: [],
    targets: [target],
    facts: { nowMs: 0, of: () => undefined, past: () => [] },
    intent: undefined,
    sees: () => false,
    answeredAt: () => undefined,
    raisedBy: () => [],
    remedyFor: () => undefined,
    lampOf: () => "grey",
    applies: () => true,
    lookAt: async () => undefined,
    lookAgain: async () => {},
    intend: () => {},
    ...rest,
  };
}

const factsAbout = (
  where: Site,
  over: Partial<GateQuestion> = {},
  reading: Parameters<typeof gateFacts>[0]["reading"] = { kind: "not-installed" },
) => {
  const [target] = where.targets;
  const about: GateQuestion = { site: where, code: "pigeon.a.down", confirmed: true, curesCause: false, ...over };
  const known = target === undefined ? {} : { known: { site: where, target } };
  return gateFacts({ about, label: "pigeon", reading, watchdogs: [], nowMs: 1, bootGraceMs: 1, ...known });
};

describe("what the gate is told", () => {
  it("is that a unit works, unless the newest look brought the finding all the same or a person asks for a restart", () => {
    expect(factsAbout(site({ works: true })).works).toBe(true);
    expect(factsAbout(site({ works: true, sees: () => true })).works).toBe(false);
    expect(factsAbout(site({ works: true }), { code: "operate.restart", personWants: "running" }).works).toBe(false);
    expect(factsAbout(site({ works: true, sees: () => true }), { code: "operate.start", personWants: "running" }).works).toBe(true);
    expect(factsAbout(site({ sees: () => true })).works).toBeUndefined();
  });

  it("is that a person wants it running, because a person begins every repair, but not against a stop on record", () => {
    expect(factsAbout(site()).personWants).toBe("running");
    const intent = { stack: "pigeon", wanted: "stopped" as const, by: "sam", at: 0 };
    expect(factsAbout(site({ intent })).personWants).toBeUndefined();
    expect(factsAbout(site({ intent }), { personWants: "running" }).personWants).toBe("running");
  });

  it("is a provider's incident only when every cause lies there", () => {
    const quota = finding("pigeon.a.quota");
    expect(factsAbout(site({ findings: [quota] })).providerIncident).toBe(true);
    expect(factsAbout(site({ findings: [quota, finding("pigeon.a.down")] })).providerIncident).toBe(false);
    expect(factsAbout(site({ findings: [quota, finding("pigeon.a.down", { root: false })] })).providerIncident).toBe(true);
    expect(factsAbout(site({ findings: [] })).providerIncident).toBe(false);
    expect(factsAbout(site({ findings: [quota] }), { personWants: "running" }).providerIncident).toBe(false);
  });

  it("is how long the manager waits, and whether it could be asked", () => {
    const loaded = { kind: "loaded", state: "running", rawState: "" } as const;
    expect(factsAbout(site(), {}, { ...loaded, throttleSeconds: 30 })).toMatchObject({ throttleMs: 30_000, unitKnown: true });
    expect(factsAbout(site(), {}, loaded).throttleMs).toBe(10_000);
    expect(factsAbout(site(), {}, { kind: "unknown", reason: "no-bus", detail: "" }).unitKnown).toBe(false);
    expect(factsAbout(site({ targets: [] })).title).toBe("pigeon");
  });

  it("is confirmed once the finding is hard, or by the person who asks", () => {
    const plan = { code: "pigeon.a.down", remedy: "", title: "", risk: "safe" as const, interrupts: "", undo: "", verify: "", effects: [] };
    const soft = site({ findings: [finding("pigeon.a.down", { state: "soft" })] });
    expect([questionFor(plan, site()).confirmed, questionFor(plan, soft).confirmed]).toEqual([true, false]);
    expect([questionFor(plan, site({ findings: [] })).confirmed, questionFor(plan, soft, "running").confirmed]).toEqual([false, true]);
  });
});
