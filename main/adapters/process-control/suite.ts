import { describe, expect, it } from "vitest";
import type { ProcessControl } from "../../core/ports/process-control.ts";

export type ProcessControlRig = {
  readonly control: ProcessControl;
  /** Starts a process that ends when asked to, or one that does not. */
  start(temper: "ends" | "ignores"): Promise<{ readonly pid: number; readonly startedMs: number }>;
  isAlive(pid: number): Promise<boolean>;
  /** The process that asks, and the one above it. */
  readonly own: { readonly pid: number; readonly parent: number };
  /** Lets time pass where it does not pass by itself. */
  readonly timePasses: <Result>(during: Promise<Result>) => Promise<Result>;
};

/** What every implementation of ProcessControl must do. */
export function processControlSuite(name: string, make: () => Promise<ProcessControlRig>): void {
  describe(`${name} as a ProcessControl`, { timeout: 60_000 }, () => {
    it("asks a process to end, and is content when it does", async () => {
      const { control, start, isAlive, timePasses } = await make();
      const { pid, startedMs } = await start("ends");
      expect(await timePasses(control.end(pid, startedMs))).toEqual({ kind: "ended", afterMs: expect.any(Number) });
      expect(await isAlive(pid)).toBe(false);
    });

    it("kills a process that does not listen, after the patience and not before", async () => {
      const { control, start, isAlive, timePasses } = await make();
      const { pid, startedMs } = await start("ignores");
      const ended = await timePasses(control.end(pid, startedMs, { patienceMs: 700 }));
      expect(ended.kind).toBe("ended");
      if (ended.kind === "ended") expect(ended.afterMs).toBeGreaterThanOrEqual(700);
      expect(await isAlive(pid)).toBe(false);
    });

    it("leaves a process alone that began at another time: the number was used again", async () => {
      const { control, start, isAlive, timePasses } = await make();
      const { pid, startedMs } = await start("ends");
      for (const wrong of [startedMs - 60_000, startedMs + 60_000, 0, Number.NaN]) {
        expect(await timePasses(control.end(pid, wrong))).toMatchObject({
          kind: "another-process",
          detail: expect.stringContaining(`${pid}`),
        });
      }
      expect(await isAlive(pid)).toBe(true);
    });

    it("says that a process is gone", async () => {
      const { control, start, timePasses } = await make();
      const { pid, startedMs } = await start("ends");
      await timePasses(control.end(pid, startedMs));
      expect(await timePasses(control.end(pid, startedMs))).toMatchObject({ kind: "gone" });
    });

    it("never ends itself, what it runs in, or a number that stands for many", async () => {
      const { control, own, timePasses } = await make();
      for (const pid of [own.pid, own.parent, 1, 0, -1, -own.pid, 1.5, Number.NaN]) {
        expect([pid, await timePasses(control.end(pid, Date.now()))]).toMatchObject([pid, { kind: "not-ours" }]);
      }
    });

    it("signals nothing when it was cancelled before, and stops waiting when cancelled meanwhile", async () => {
      const { control, start, isAlive, timePasses } = await make();
      const { pid, startedMs } = await start("ignores");
      expect(await timePasses(control.end(pid, startedMs, { signal: AbortSignal.abort() }))).toMatchObject({ kind: "survived" });
      const later = new AbortController();
      setTimeout(() => later.abort(), 150);
      expect(await timePasses(control.end(pid, startedMs, { patienceMs: 3_600_000, signal: later.signal }))).toMatchObject({
        kind: "survived",
      });
      expect(await isAlive(pid)).toBe(true);
    });
  });
}
