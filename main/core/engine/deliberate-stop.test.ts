import { describe, expect, it } from "vitest";
import type { Intent } from "../model/receipt.ts";
import type { StackState } from "../model/snapshot.ts";
import type { Facts } from "../model/stack.ts";
import type { RepairTarget } from "../model/target.ts";
import type { ServiceReading } from "../ports/service-manager.ts";
import { asStopped, stoppedOnPurpose } from "./deliberate-stop.ts";

const facts: Facts = { nowMs: 100_000, of: () => undefined, past: () => [] };
const intent: Intent = { stack: "pigeon", wanted: "stopped", by: "sam", at: 40_000 };
const target = (unit: ServiceReading | undefined, works?: boolean): RepairTarget => ({
  label: "pigeon.service",
  title: "Pigeon",
  ports: [],
  words: [],
  bootGraceMs: 1,
  unit: () => unit,
  works: () => works,
  proofs: [],
});
const loaded = (state: "running" | "starting" | "stopped" | "stopping" | "failed" | "waiting-to-restart"): ServiceReading => ({
  kind: "loaded",
  state,
  rawState: state,
});

describe("a stack is stopped on purpose", () => {
  it.each([
    ["stopped", loaded("stopped")],
    ["on its way down", loaded("stopping")],
    ["ended with an error after the stop", loaded("failed")],
    ["taken out of the manager", { kind: "not-loaded", definitionPath: "/x", disabled: false } as const],
  ])("when its unit is %s", (_, unit) => {
    expect(stoppedOnPurpose(intent, { targets: [target(unit, false)] }, facts)).toEqual({ by: "sam", at: 40_000 });
  });

  it.each([
    ["its unit runs", loaded("running"), undefined],
    ["it is starting", loaded("starting"), undefined],
    ["the manager starts it again and again", loaded("waiting-to-restart"), undefined],
    ["it works all the same", loaded("stopped"), true],
    ["the manager cannot be asked", { kind: "unknown", reason: "no-bus", detail: "" } as const, false],
    ["nothing is known about its unit", undefined, undefined],
    ["it is not even installed", { kind: "not-installed" } as const, false],
  ])("but not when %s", (_, unit, works) => {
    expect(stoppedOnPurpose(intent, { targets: [target(unit, works)] }, facts)).toBeUndefined();
  });

  it("but not when nobody wanted that, it was wanted running, or there is nothing to stop", () => {
    const down = { targets: [target(loaded("stopped"))] };
    expect(stoppedOnPurpose(undefined, down, facts)).toBeUndefined();
    expect(stoppedOnPurpose({ ...intent, wanted: "running" }, down, facts)).toBeUndefined();
    expect(stoppedOnPurpose(intent, {}, facts)).toBeUndefined();
    expect(stoppedOnPurpose(intent, null, facts)).toBeUndefined();
  });
});

it("shows such a stack grey, says since when, and lights no lamp for what follows", () => {
  const state: StackState = {
    id: "pigeon",
    title: "Pigeon",
    mark: "Pg",
    ground: false,
    installed: true,
    light: "red",
    sentence: "Pigeon does not run",
    checks: [{ id: "live", title: "Answers", light: "red", summary: "refused", lane: "poll", drivesLight: true, working: false }],
    findings: [
      {
        code: "pigeon.relay.down",
        symptoms: [],
        light: "red",
        state: "hard",
        title: "Pigeon does not run",
        detail: "",
        evidence: [],
        root: true,
        followers: [],
        ruledOut: [],
        remedies: [],
        since: 1,
      },
    ],
    ticks: [],
    looksFor: [],
  };
  const shown = asStopped(state, { by: "sam", at: 40_000 }, 100_000);
  expect(shown).toMatchObject({ light: "grey", sentence: "Pigeon: stopped by you 60 s ago", stopped: { by: "sam", at: 40_000 } });
  expect(shown.findings.map(({ code, light }) => [code, light])).toEqual([["pigeon.relay.down", "grey"]]);
  expect(shown.checks.map(({ drivesLight }) => drivesLight)).toEqual([false]);
});
