import { describe, expect, it } from "vitest";
import type { ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";

/**
 * A service manager with units that the suite may ask for by what they do. Each call makes the unit if it is not there yet
 * and gives its label. Programs of all units have the word of the rig among their arguments.
 */
export type ServiceManagerRig = {
  readonly manager: ServiceManager;
  readonly word: string;
  /** Keeps running and is restarted on any end; its definition sets `LAMP_TOKEN` to `secret`. */
  running(): Promise<string>;
  readonly secret: string;
  /** Ends with 3 at once, and is started again and again. */
  failing(): Promise<string>;
  /** Ended with 0 and is not restarted. */
  ended(): Promise<string>;
  /** Defined on disk, and never loaded by anybody. Some managers load it themselves when asked about it. */
  unloaded(): Promise<string>;
  /** The same manager when nobody answers: no bus, or no session. */
  readonly unreachable: ServiceManager;
};

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** What every service manager must tell. `patienceMs` bounds the wait for a unit to get where it should be. */
export function serviceManagerSuite(name: string, rig: () => ServiceManagerRig, patienceMs = 15_000): void {
  const settled = async (label: string, wanted: (reading: Loaded) => boolean): Promise<Loaded> => {
    let last: ServiceReading | undefined;
    for (
      const until = performance.now() + patienceMs;
      performance.now() < until;
      await new Promise((resolve) => setTimeout(resolve, 100))
    ) {
      last = await rig().manager.read(label);
      if (last.kind === "loaded" && wanted(last)) return last;
    }
    throw new Error(`The unit did not get there: ${JSON.stringify(last)}`);
  };

  describe(name, { timeout: patienceMs * 2 }, () => {
    it("calls a unit that nobody defined not installed", async () => {
      expect(await rig().manager.read("dev.lamplighter.test.no-such-unit")).toEqual({ kind: "not-installed" });
    });

    it("describes a running unit", async () => {
      const { running, word } = rig();
      const reading = await settled(await running(), (each) => each.state === "running");
      expect(reading.pid).toBeGreaterThan(1);
      expect(reading.keepAlive).toBe("always");
      expect(reading.argv?.join(" ")).toContain(word);
      expect(reading.definitionPath).toMatch(/^\//);
      expect(reading.runs).toEqual(expect.any(Number));
    });

    it("names the variables a definition sets, and never tells their values", async () => {
      const { running, manager, secret, word } = rig();
      const reading = await settled(await running(), (each) => each.state === "running");
      expect(reading.environmentNames).toContain("LAMP_TOKEN");
      expect(JSON.stringify([reading, await manager.find(new RegExp(word))])).not.toContain(secret);
    });

    it("tells one value when asked for it by name", async () => {
      const { running, manager, secret } = rig();
      const label = await running();
      expect(await manager.environmentValue(label, "LAMP_TOKEN")).toBe(secret);
      expect(await manager.environmentValue(label, "LAMP_OTHER")).toBeNull();
      expect(await manager.environmentValue("dev.lamplighter.test.no-such-unit", "LAMP_TOKEN")).toBeNull();
    });

    it("counts the starts of a unit that fails again and again, and says how it ended", async () => {
      const { failing } = rig();
      const label = await failing();
      const first = await settled(label, (each) => each.lastEnd?.exitCode === 3);
      expect(["waiting-to-restart", "starting", "running", "failed"]).toContain(first.state);
      const runs = first.runs ?? 0;
      const later = await settled(label, (each) => (each.runs ?? 0) > runs);
      expect(later.keepAlive).toBe("always");
    });

    it("tells a clean end from a failure", async () => {
      const { ended } = rig();
      const reading = await settled(await ended(), (each) => each.state === "stopped");
      expect(reading.lastEnd?.exitCode ?? 0).toBe(0);
      expect(reading.pid).toBeUndefined();
      expect(reading.keepAlive).toBe("never");
    });

    it("tells a definition that nobody has loaded from none at all, and from one that runs", async () => {
      const { unloaded, manager } = rig();
      const reading = await manager.read(await unloaded());
      expect(reading).toHaveProperty("definitionPath", expect.stringMatching(/^\//));
      if (reading.kind === "loaded") expect(reading).toMatchObject({ state: "stopped", runs: 0 });
      else expect(reading).toMatchObject({ kind: "not-loaded", disabled: false });
      expect(reading).not.toHaveProperty("pid");
      expect(reading).not.toHaveProperty("lastEnd");
    });

    it("finds definitions by a word of their command or by their label", async () => {
      const { running, unloaded, manager, word } = rig();
      const labels = [await running(), await unloaded()];
      const byWord = await manager.find(new RegExp(word, "g"));
      expect(byWord.map((each) => each.label)).toEqual(expect.arrayContaining(labels));
      const [label = ""] = labels;
      const own = (await manager.find(new RegExp(`^${label.replaceAll(".", "\\.")}$`)))[0];
      expect(own).toMatchObject({ label, scope: "user", definitionPath: expect.stringMatching(/^\//) });
      expect(own?.argv?.join(" ")).toContain(word);
      expect(await manager.find(/lamplighter-no-unit-says-this/)).toEqual([]);
    });

    it("does not call a unit down when nobody can be asked", async () => {
      const { running, unreachable } = rig();
      const reading = await unreachable.read(await running());
      expect(reading).toMatchObject({ kind: "unknown", detail: expect.stringMatching(/\w+ \w+/) });
    });

    it("knows whether units outlive the last logout, or that it cannot know", async () => {
      expect(["on", "off", "unknown", "not-applicable"]).toContain(await rig().manager.linger());
    });
  });
}
