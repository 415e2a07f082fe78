import { describe, expect, it } from "vitest";
import type { Machine } from "./index.ts";

/** A machine with a few things on it that the suite may ask about. */
export type MachineRig = {
  readonly machine: Machine;
  /** A process that waits, one that is frozen, and a number that no process has. */
  readonly pids: { readonly waiting: number; readonly frozen: number; readonly nobody: number };
  /** A word that stands in the command lines of both processes and nowhere else. */
  readonly word: string;
  /** Ports of 127.0.0.1: one that `waiting` listens on, and one that nobody does. */
  readonly ports: { readonly open: number; readonly closed: number };
  /** A folder that exists. */
  readonly folder: string;
};

/** What every machine must answer. */
export function machineSuite(name: string, rig: () => MachineRig): void {
  describe(name, { timeout: 20_000 }, () => {
    it("describes a process and its parent", async () => {
      const { machine, pids, word } = rig();
      const facts = await machine.processes.inspect(pids.waiting);
      expect(facts).toMatchObject({ pid: pids.waiting, user: machine.environment.user, command: expect.stringContaining(word) });
      expect(facts?.name).not.toBe("");
      expect(["sleeping", "running"]).toContain(facts?.state);
      expect(facts?.rssBytes).toBeGreaterThan(0);
      expect(Math.abs((facts?.startedMs ?? 0) - Date.now())).toBeLessThan(600_000);
    });

    it("tells a frozen process from a working one", async () => {
      const { machine, pids } = rig();
      expect(await machine.processes.inspect(pids.frozen)).toMatchObject({ state: "stopped" });
    });

    it("knows nothing about a process that is not there", async () => {
      const { machine, pids } = rig();
      expect(await machine.processes.inspect(pids.nobody)).toBeNull();
    });

    it("finds processes by their whole command line, also with a pattern that remembers", async () => {
      const { machine, pids, word } = rig();
      const pattern = new RegExp(word, "g");
      for (let round = 0; round < 2; round++) {
        const found = await machine.processes.find(pattern);
        expect(found.map((each) => each.pid).sort()).toEqual([pids.waiting, pids.frozen].sort());
      }
      expect(await machine.processes.find(/no-process-says-this-\d{9}/)).toEqual([]);
    });

    it("connects to an open port and is refused at a closed one", async () => {
      const { machine, ports } = rig();
      expect(await machine.tcp.connect("127.0.0.1", ports.open, 2000)).toMatchObject({ kind: "open", durationMs: expect.any(Number) });
      expect(await machine.tcp.connect("127.0.0.1", ports.closed, 2000)).toMatchObject({ kind: "refused" });
    });

    it("tells a name that nobody knows from a machine that does not answer", async () => {
      const { machine } = rig();
      expect(await machine.tcp.connect("no-such-host.invalid", 80, 5000)).toMatchObject({ kind: "dns-failed" });
    });

    it("names the process that listens on a port", async () => {
      const { machine, pids, ports, word } = rig();
      const listeners = await machine.tcp.listeners(ports.open);
      expect(listeners).toMatchObject([
        {
          address: "127.0.0.1",
          port: ports.open,
          pid: pids.waiting,
          process: { command: expect.stringContaining(word) },
          since: expect.stringMatching(/(?:^|, )[0-2]\d:[0-5]\d$/),
        },
      ]);
      const ppid = listeners[0]?.process?.ppid ?? 0;
      expect(listeners[0]?.parentName).toBe((await machine.processes.inspect(ppid))?.name);
      expect(await machine.tcp.listeners(ports.open)).toEqual(listeners);
    });

    it("sees nobody on a free port", async () => {
      const { machine, ports } = rig();
      expect(await machine.tcp.listeners(ports.closed)).toEqual([]);
    });

    it("measures memory, load and the time since the machine started", async () => {
      const { memory, ...facts } = await rig().machine.host.facts();
      expect(memory.totalBytes).toBeGreaterThan(100_000_000);
      expect(memory.availableBytes).toBeGreaterThan(0);
      expect(memory.availableBytes).toBeLessThanOrEqual(memory.totalBytes);
      expect(memory.swapUsedBytes).toBeLessThanOrEqual(memory.swapTotalBytes);
      expect(facts.cpuCount).toBeGreaterThanOrEqual(1);
      expect(facts.load1).toBeGreaterThanOrEqual(0);
      expect(facts.bootedMs).toBeLessThan(Date.now());
    });

    it("measures the disk below a folder, and nothing for a folder that is not there", async () => {
      const { machine, folder } = rig();
      const disk = await machine.host.disk(folder);
      expect(disk?.path).toBe(folder);
      expect(disk?.totalBytes).toBeGreaterThan(0);
      expect(disk?.freeBytes).toBeLessThanOrEqual(disk?.totalBytes ?? 0);
      expect(await machine.host.disk("/lamplighter-no-such-folder")).toBeNull();
    });

    it("has a loopback address", async () => {
      const addresses = await rig().machine.host.addresses();
      expect(addresses).toContainEqual(expect.objectContaining({ address: "127.0.0.1", internal: true, family: "ipv4" }));
    });
  });
}
