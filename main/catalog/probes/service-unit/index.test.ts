import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check, type Past } from "../../../core/model/check.ts";
import type { ServiceReading } from "../../../core/ports/service-manager.ts";
import { classifyServiceUnit, endedPolitely, type ServiceUnitCodes, serviceUnitProbe, startsSeen } from "./index.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const loaded = (state: Loaded["state"], more: Partial<Omit<Loaded, "kind" | "state">> = {}): Loaded => ({
  kind: "loaded",
  state,
  rawState: state,
  ...more,
});
/** Earlier readings, 15 seconds apart, newest last. */
const before = (...readings: readonly ServiceReading[]): Past<ServiceReading>[] =>
  readings.map((seen, index) => ({ at: 1_000_000 + index * 15_000, seen }));
const runs = (...counts: readonly number[]) => before(...counts.map((count) => loaded("running", { runs: count })));

describe("one reading of a service unit", () => {
  it.each<[string, ServiceReading, string]>([
    ["no definition", { kind: "not-installed" }, "not-installed"],
    ["a definition nobody loaded", { kind: "not-loaded", definitionPath: "/x", disabled: false }, "not-loaded"],
    ["a definition that is switched off", { kind: "not-loaded", definitionPath: "/x", disabled: true }, "disabled"],
    [
      "a definition that would be refused",
      { kind: "not-loaded", definitionPath: "/x", disabled: false, refusal: "It has no Label" },
      "not-loaded",
    ],
    ["a switch before a refusal", { kind: "not-loaded", definitionPath: "/x", disabled: true, refusal: "It has no Label" }, "disabled"],
    [
      "a program replaced, without a word",
      loaded("waiting-to-restart", { needsReload: true, lastEnd: { signal: "SIGKILL" } }),
      "code-identity",
    ],
    ["a kill without a replaced program", loaded("waiting-to-restart", { lastEnd: { signal: "SIGKILL" } }), "crash-loop"],
    ["no desktop session", { kind: "unknown", reason: "no-session", detail: "" }, "no-session"],
    ["no bus", { kind: "unknown", reason: "no-bus", detail: "" }, "unknown"],
    ["a process", loaded("running", { pid: 1, runs: 371, lastEnd: { signal: "Terminated: 15" } }), "up"],
    ["a first start under way", loaded("starting", { runs: 1 }), "starting"],
    ["a stop under way", loaded("stopping"), "stopping"],
    ["a pause after a bad end", loaded("waiting-to-restart", { runs: 57, lastEnd: { exitCode: 1 } }), "crash-loop"],
    ["a pause after a crash", loaded("waiting-to-restart", { lastEnd: { signal: "Segmentation fault: 11" } }), "crash-loop"],
    ["a pause after a clean end", loaded("waiting-to-restart", { runs: 640, lastEnd: { exitCode: 0 } }), "clean-respawn"],
    ["a pause after somebody ended it", loaded("waiting-to-restart", { runs: 4, lastEnd: { signal: "SIGTERM" } }), "starting"],
    ["a pause after a runtime said it was told to end", loaded("waiting-to-restart", { lastEnd: { exitCode: 143 } }), "starting"],
    ["a pause because the program is gone", loaded("waiting-to-restart", { lastEnd: { exitCode: 127 } }), "spawn-failed"],
    ["a pause after 78", loaded("waiting-to-restart", { lastEnd: { exitCode: 78 } }), "spawn-failed"],
    ["a replaced program", loaded("waiting-to-restart", { lastEnd: { reason: "OS_REASON_CODESIGNING" } }), "code-identity"],
    ["a missing library", loaded("stopped", { lastEnd: { reason: "OS_REASON_DYLD" } }), "spawn-failed"],
    ["systemd's own set-up step", loaded("failed", { lastEnd: { exitCode: 203 } }), "spawn-failed"],
    ["a kill for memory", loaded("failed", { lastEnd: { reason: "oom-kill", signal: "SIGKILL" } }), "memory-killed"],
    ["an idle exit", loaded("stopped", { lastEnd: { reason: "JETSAM_REASON_MEMORY_IDLE_EXIT" } }), "stopped-clean"],
    ["a limit of memory", loaded("stopped", { lastEnd: { reason: "JETSAM_REASON_MEMORY_PERPROCESSLIMIT" } }), "memory-killed"],
    ["a start that never came", loaded("stopped", { runs: 0, runAtLoad: true }), "never-started"],
    ["a clean stop", loaded("stopped", { runs: 2, lastEnd: { exitCode: 0 } }), "stopped-clean"],
    ["a stop on request", loaded("stopped", { runs: 2, lastEnd: { exitCode: 143 } }), "stopped-clean"],
    ["a bad end without a restart", loaded("stopped", { runs: 2, lastEnd: { exitCode: 1 } }), "stopped-failed"],
    ["a timer between ticks", loaded("stopped", { onDemand: true, runs: 18, lastEnd: { exitCode: 0 } }), "idle"],
    ["a timer before its first tick", loaded("stopped", { onDemand: true, runs: 0, runAtLoad: true }), "idle"],
    ["a timer whose last run failed", loaded("stopped", { onDemand: true, lastEnd: { exitCode: 2 } }), "stopped-failed"],
    ["a manager that gave up", loaded("failed", { gaveUp: true, lastEnd: { exitCode: 1 } }), "gave-up"],
    ["giving up on a missing program", loaded("failed", { gaveUp: true, lastEnd: { exitCode: 203 } }), "spawn-failed"],
    ["a word we do not know", loaded("unrecognised"), "unknown"],
  ])("reads %s", (_, reading, state) => expect(classifyServiceUnit(reading)).toBe(state));

  it("takes a unit that is started on demand for idle", () => {
    expect(classifyServiceUnit(loaded("stopped", { lastEnd: { exitCode: 0 } }), [], "on-demand")).toBe("idle");
  });
});

describe("several readings", () => {
  const alive = loaded("running", { pid: 9, runs: 7, lastEnd: { exitCode: 1 } });

  it("catch a loop alive: three starts with bad ends", () => {
    expect(classifyServiceUnit(alive, runs(4, 5, 6))).toBe("crash-loop");
    expect(classifyServiceUnit(loaded("starting", { runs: 7, lastEnd: { exitCode: 1 } }), runs(4, 5, 6))).toBe("crash-loop");
  });

  it("catch a unit that something ends politely again and again", () => {
    expect(classifyServiceUnit(loaded("waiting-to-restart", { runs: 7, lastEnd: { signal: "SIGTERM" } }), runs(4, 5, 6))).toBe(
      "clean-respawn",
    );
  });

  it("do not alarm on few starts, on polite ends, or on a high count that stands still", () => {
    expect(classifyServiceUnit(alive, runs(5, 6))).toBe("up");
    expect(classifyServiceUnit({ ...alive, lastEnd: { signal: "SIGTERM" } }, runs(1, 3, 5))).toBe("up");
    expect(classifyServiceUnit({ ...alive, runs: 38_771 }, runs(38_771, 38_771))).toBe("up");
  });

  it("forget what was before a reload, which sets the count back", () => {
    expect(startsSeen({ ...alive, runs: 1 }, runs(50, 60, 70))).toBe(0);
    expect(startsSeen({ ...alive, runs: 3 }, runs(50, 60, 1))).toBe(2);
  });

  it("forget what is older than ten minutes", () => {
    const old: Past<ServiceReading>[] = [
      { at: 0, seen: loaded("running", { runs: 1 }) },
      { at: 700_000, seen: loaded("running", { runs: 6 }) },
    ];
    expect(startsSeen(alive, old)).toBe(1);
  });

  it("pass over readings without a count", () => {
    expect(startsSeen(alive, before(loaded("running", { runs: 4 }), { kind: "not-installed" }, loaded("running")))).toBe(3);
    expect(startsSeen(loaded("running"), runs(1, 2, 3))).toBe(0);
  });
});

it.each<[Parameters<typeof endedPolitely>[0], boolean]>([
  [undefined, true],
  [{ exitCode: 0 }, true],
  [{ exitCode: 130 }, true],
  [{ signal: "SIGTERM" }, true],
  [{ signal: "Terminated: 15" }, true],
  [{ signal: "SIGKILL" }, false],
  [{ signal: "Killed: 9" }, false],
  [{ exitCode: 1 }, false],
])("calls the end %j polite: %s", (end, polite) => expect(endedPolitely(end)).toBe(polite));

describe("the check", () => {
  const codes: ServiceUnitCodes = { crashLoop: "tool.unit.loop", notLoaded: "tool.unit.not-loaded" };
  const unit = check({ id: "unit", title: "Service unit" }, serviceUnitProbe, { label: "org.example.agent", codes });

  it("asks the manager and says what runs", async () => {
    const services = { "org.example.agent": loaded("running", { pid: 812 }) };
    const { context } = worldContext({ platform: "macos", serviceManager: "launchd", services });
    expect(unit.judge(await unit.observe(context), [])).toEqual({ light: "green", summary: "org.example.agent runs (process 812)" });
  });

  it("raises the code it was given for this state, with what was seen", () => {
    const verdict = unit.judge(loaded("waiting-to-restart", { rawState: "spawn scheduled", runs: 57, lastEnd: { exitCode: 1 } }), []);
    expect(verdict).toEqual({
      light: "red",
      summary: "org.example.agent starts and fails again and again",
      findings: [
        {
          code: "tool.unit.loop",
          params: { label: "org.example.agent" },
          evidence: [
            { source: "service unit", text: "org.example.agent: state spawn scheduled, 57 starts counted, last run ended with 1" },
          ],
        },
      ],
    });
  });

  it("only colours the lamp for a state without a code", () => {
    const verdict = unit.judge({ kind: "not-installed" }, []);
    expect(verdict).toEqual({ light: "red", summary: "org.example.agent is not installed" });
  });

  it("does not call a unit down because the manager cannot be asked", async () => {
    const { context } = worldContext({ serviceManager: "none" });
    expect(unit.judge(await unit.observe(context), []).light).toBe("grey");
  });

  it("judges with what it saw before", () => {
    const alive = loaded("running", { pid: 9, runs: 7, lastEnd: { signal: "Abort trap: 6" } });
    expect(unit.judge(alive, []).light).toBe("green");
    expect(unit.judge(alive, runs(3, 5)).findings?.map((one) => one.code)).toEqual(["tool.unit.loop"]);
  });

  const waiting = loaded("waiting-to-restart", { rawState: "spawn scheduled", runs: 57, lastEnd: { exitCode: 1 }, nextTryMs: 6100 });

  it("says when the manager tries again", () => {
    const verdict = unit.judge(waiting, []);
    expect(verdict.summary).toBe("org.example.agent starts and fails again and again; next try in 7 s");
    expect(verdict.findings?.[0]?.evidence?.[0]?.text).toMatch(/last run ended with 1, next try in 7 s$/);
  });

  it("shows what is wrong with the definition, and what changed on disk since it was loaded", () => {
    const seen: ServiceReading = {
      ...waiting,
      drift: ["the working directory", "the variables PORT"],
      definitionFaults: ["Its program is not there: /opt/agent"],
    };
    expect(
      unit
        .judge(seen, [])
        .findings?.[0]?.evidence?.map(({ text }) => text)
        .slice(1),
    ).toEqual(["Changed on disk since it was loaded: the working directory, the variables PORT", "Its program is not there: /opt/agent"]);
  });

  it("raises a refused definition by its own code, and as not loaded where it has none", () => {
    const refused: ServiceReading = { kind: "not-loaded", definitionPath: "/x", disabled: false, refusal: "It has no Label" };
    expect(unit.judge(refused, []).findings).toMatchObject([
      { code: "tool.unit.not-loaded", evidence: [{ text: "org.example.agent: not loaded; It has no Label" }] },
    ]);
    const own = check({ id: "unit", title: "Service unit" }, serviceUnitProbe, {
      label: "org.example.agent",
      codes: { ...codes, definitionRefused: "tool.unit.refused" },
    });
    expect(own.judge(refused, []).findings?.map((one) => one.code)).toEqual(["tool.unit.refused"]);
  });
});
