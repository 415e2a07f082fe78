import { describe, expect, it } from "vitest";
import type { ServiceControl } from "../../core/ports/service-control.ts";
import type { ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";

/**
 * The acting side of a service manager, its reading side, and units to try it on. Each call gives the label of a unit that is as
 * described at that moment; the suite may leave it otherwise, so a unit that was handed out before is put right or made anew.
 */
export type ServiceControlRig = {
  readonly control: ServiceControl;
  readonly manager: ServiceManager;
  /** Runs until it is stopped, and is started again on any other end. */
  running(): Promise<string>;
  /** Known to the manager and not running; its program lasts once it is started. */
  stopped(): Promise<string>;
  /** Defined on disk and not known to the manager, or never started by it; its program lasts. */
  unloaded(): Promise<string>;
  /** Known and not running; its program prints `lastWords` and ends with 3 at once, each time. */
  failing(): Promise<string>;
  readonly lastWords: string;
  /** Changes the definition on disk of such a unit so that the word is among the arguments of its program. */
  redefine(label: string, word: string): Promise<void>;
  /** Every argument list run so far that changes something; absent when the control runs no programs. */
  readonly ran?: () => readonly (readonly string[])[];
  /** The same control when the manager cannot be asked: no bus, or no session. */
  readonly unreachable: ServiceControl;
};

const hostileLabels = [
  "",
  "-k",
  "a b",
  "../../etc/cron.d/x",
  "gui/0/org.example.agent",
  "org.example.$(touch x)",
  "org.example;reboot",
  "org.example\nreboot",
];

/** What acting on service units must mean with every manager. Only own throw-away units are acted upon. */
export function serviceControlSuite(name: string, rig: () => ServiceControlRig, patienceMs = 20_000): void {
  const loaded = async (label: string): Promise<Extract<ServiceReading, { kind: "loaded" }>> => {
    const reading = await rig().manager.read(label);
    if (reading.kind !== "loaded") throw new Error(`The unit is not loaded: ${JSON.stringify(reading)}`);
    return reading;
  };
  const runs = async (label: string): Promise<boolean> => {
    const reading = await rig().manager.read(label);
    return reading.kind === "loaded" && reading.state === "running";
  };
  const argvAfter = async (label: string): Promise<string> => (await loaded(label)).argv?.join(" ") ?? "";

  describe(name, { timeout: patienceMs * 2 }, () => {
    it("starts a unit that does not run, and knows its process", async () => {
      const label = await rig().stopped();
      const acted = await rig().control.act("start", label);
      const { state, pid } = await loaded(label);
      expect([acted, state]).toEqual([{ kind: "done", detail: expect.stringContaining(label), pid: expect.any(Number) }, "running"]);
      expect(acted).toHaveProperty("pid", pid);
    });

    it.each(["start", "load"] as const)("leaves a unit that runs alone when asked to %s it", async (action) => {
      const label = await rig().running();
      const { pid } = await loaded(label);
      expect(await rig().control.act(action, label)).toMatchObject({ kind: "already", detail: expect.stringMatching(/\w+ \w+/) });
      expect(await loaded(label)).toMatchObject({ state: "running", pid });
    });

    it("stops a unit for good, even one that is started again on any end", async () => {
      const label = await rig().running();
      expect(await rig().control.act("stop", label)).toMatchObject({ kind: "done" });
      expect(await runs(label)).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await runs(label)).toBe(false);
      expect(await rig().control.act("stop", label)).toMatchObject({ kind: "already" });
    });

    it("starts a unit again that it has stopped", async () => {
      const label = await rig().running();
      await rig().control.act("stop", label);
      expect(await rig().control.act("start", label)).toMatchObject({ kind: "done" });
      expect(await runs(label)).toBe(true);
    });

    it("restarts a unit: it runs as another process", async () => {
      const label = await rig().running();
      const { pid } = await loaded(label);
      const acted = await rig().control.act("restart", label);
      expect(acted).toMatchObject({ kind: "done", pid: expect.any(Number) });
      expect(acted).not.toHaveProperty("pid", pid);
      expect(await loaded(label)).toMatchObject({ state: "running", pid: "pid" in acted ? acted.pid : undefined });
    });

    it("loads a definition that nobody loaded, and its program runs", async () => {
      const label = await rig().unloaded();
      expect(await rig().control.act("load", label)).toMatchObject({ kind: "done", pid: expect.any(Number) });
      expect(await runs(label)).toBe(true);
    });

    it("takes up a changed definition when it reloads", async () => {
      const label = await rig().running();
      await rig().redefine(label, "lamp-new-word");
      expect(await rig().control.act("reload", label)).toMatchObject({ kind: "done" });
      expect(await argvAfter(label)).toContain("lamp-new-word");
    });

    it("switches a unit off and on again", async () => {
      const { control, manager, running } = rig();
      const label = await running();
      const isOn = async () => {
        const reading = await manager.read(label);
        return reading.kind === "loaded" ? reading.enabled : reading.kind === "not-loaded" ? !reading.disabled : undefined;
      };
      await control.act("disable", label);
      expect(await isOn()).toBe(false);
      expect(await control.act("disable", label)).toMatchObject({ kind: "already" });
      expect(await control.act("enable", label)).toMatchObject({ kind: "done" });
      expect(await isOn()).toBe(true);
      expect(await control.act("enable", label)).toMatchObject({ kind: "already" });
    });

    it("says what is wrong and what to do when a started program ends at once", async () => {
      const acted = await rig().control.act("start", await rig().failing());
      const words = expect.stringMatching(/\w+ \w+ \w+/);
      expect(acted).toMatchObject({ kind: "failed", meaning: words, next: words });
    });

    it("repeats the last lines a unit wrote", async () => {
      const { control, failing, lastWords } = rig();
      const label = await failing();
      await control.act("start", label);
      expect((await control.lastLines(label, 20)).join("\n")).toContain(lastWords);
      expect((await control.lastLines(label, 1)).length).toBeLessThanOrEqual(1);
      expect(await control.lastLines("dev.lamplighter.test.no-such-unit", 5)).toEqual([]);
    });

    it("refuses to start what nobody defined", async () => {
      const acted = await rig().control.act("start", "dev.lamplighter.test.no-such-unit");
      expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining("dev.lamplighter.test.no-such-unit") });
    });

    it.each(hostileLabels)("runs nothing at all for the label %j", async (label) => {
      const { control, ran } = rig();
      const before = ran?.().length;
      for (const action of ["load", "reload", "start", "stop", "restart", "enable", "disable"] as const) {
        expect(await control.act(action, label)).toMatchObject({ kind: "failed" });
        expect(await control.commands(action, label)).toEqual([]);
      }
      expect(await control.lastLines(label, 5)).toEqual([]);
      expect(ran?.().length).toBe(before);
    });

    it.each(["restart", "reload", "stop"] as const)("shows beforehand what it runs to %s a unit", async (action) => {
      const { control, running, ran } = rig();
      const label = await running();
      const shown = (await control.commands(action, label)).map((argv) => argv.join(" "));
      const before = ran?.().length ?? 0;
      await control.act(action, label);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.join("\n")).toContain(label);
      // A step may be tried again, so repetitions count once.
      if (ran)
        expect([
          ...new Set(
            ran()
              .slice(before)
              .map((argv) => argv.join(" ")),
          ),
        ]).toEqual(shown);
    });

    it("shows nothing to run where nothing has to be done", async () => {
      const label = await rig().running();
      expect(await rig().control.commands("start", label)).toEqual([]);
    });

    it("reports its steps in short lines", async () => {
      const lines: string[] = [];
      await rig().control.act("restart", await rig().running(), { progress: (text) => lines.push(text) });
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.length > 300 || line.includes("\n"))).toEqual([]);
    });

    it("does nothing when it is cancelled beforehand", async () => {
      const label = await rig().running();
      const { pid } = await loaded(label);
      expect(await rig().control.act("stop", label, { signal: AbortSignal.abort("enough") })).toMatchObject({ kind: "cancelled" });
      expect(await loaded(label)).toMatchObject({ state: "running", pid });
    });

    it("says so when the manager cannot be asked, and does not take the unit for stopped", async () => {
      const label = await rig().running();
      for (const action of ["start", "stop", "restart"] as const) {
        const acted = await rig().unreachable.act(action, label);
        expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringMatching(/\w+ \w+/), next: expect.stringMatching(/\w+ \w+/) });
      }
      expect(await runs(label)).toBe(true);
    });
  });
}
