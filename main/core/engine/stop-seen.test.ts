import { describe, expect, it } from "vitest";
import { lifeOf, loaded, up } from "../../../tests/support/sim-life.ts";

const working = { after: 15, reading: up(1), works: true };
const stopAfterWork = (reading: ReturnType<typeof loaded>) => lifeOf([working, { after: 15, reading, works: false }]).stop;

describe("a stop on purpose, as seen", () => {
  it.each([
    ["systemd's inactive without an error", loaded("stopped")],
    ["launchd's not running with code 0", loaded("stopped", { lastEnd: { exitCode: 0 } })],
    ["an end by SIGTERM", loaded("stopped", { lastEnd: { signal: "SIGTERM" } })],
    ["a runtime that ends with 143 when asked", loaded("failed", { lastEnd: { exitCode: 143, reason: "exit-code" } })],
  ])("is %s after it worked", (_what, reading) => expect(stopAfterWork(reading)).toBeDefined());

  it.each([
    ["an end with an error", loaded("stopped", { lastEnd: { exitCode: 1 } })],
    ["a kill", loaded("failed", { lastEnd: { signal: "SIGKILL" } })],
    ["a manager that gave up", loaded("failed", { gaveUp: true, lastEnd: { exitCode: 143 } })],
    ["a wait for the next try", loaded("waiting-to-restart", { lastEnd: { exitCode: 0 } })],
    ["a unit that runs on demand", loaded("stopped", { onDemand: true, lastEnd: { exitCode: 0 } })],
  ])("is not %s", (_what, reading) => expect(stopAfterWork(reading)).toBeUndefined());

  it("is not the end of what never worked", () => {
    const life = lifeOf([
      { after: 0, reading: up(1), works: false },
      { after: 15, reading: loaded("stopped", { lastEnd: { exitCode: 0 } }) },
    ]);
    expect(life.stop).toBeUndefined();
    expect(lifeOf([{ after: 0, reading: loaded("stopped", { lastEnd: { exitCode: 0 } }) }]).stop).toBeUndefined();
  });

  it("is also the end of a run that nobody saw working, of a unit that worked before", () => {
    const life = lifeOf([
      working,
      { after: 15, reading: up(2), works: false },
      { after: 15, reading: loaded("stopped", { lastEnd: { exitCode: 0 } }) },
    ]);
    expect(life.stop).toBeDefined();
  });

  it("is a job that is switched off, until it is switched on", () => {
    const off = { kind: "not-loaded", definitionPath: "/x", disabled: true } as const;
    const stopped = lifeOf([{ after: 0, reading: off }]);
    expect(stopped.stop?.how).toContain("switched off");
    expect(lifeOf([{ after: 15, reading: { ...off, disabled: false } }], stopped).stop).toBeUndefined();
  });

  it("keeps the moment it was first seen and ends with the next start", () => {
    const stopped = lifeOf([working, { after: 15, reading: loaded("stopped") }]);
    const later = lifeOf(
      [
        { after: 15, reading: loaded("stopped") },
        { after: 15, reading: { kind: "unknown", reason: "no-bus", detail: "" } },
      ],
      stopped,
    );
    expect(later.stop).toEqual(stopped.stop);
    expect(lifeOf([{ after: 15, reading: up(2), works: false }], later).stop).toBeUndefined();
  });
});
