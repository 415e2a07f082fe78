import { describe, expect, it } from "vitest";
import type { CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";

type Program = Pick<CommandRequest, "file" | "args">;

/** Programs that exist in the runner's surroundings and behave as their name says. */
export type CommandRig = {
  readonly runner: CommandRunner;
  /** Prints "out" and a line break to stdout, "err" and a line break to stderr, exits with 3. */
  readonly talks: Program;
  /** Prints 5000 letters and exits with 0. */
  readonly floods: Program;
  /** Runs for a minute. */
  readonly lasts: Program;
  /** The bare name of a program that `locate` finds. */
  readonly installed: string;
};

/** What every command runner must do. */
export function commandRunnerSuite(name: string, makeRig: () => CommandRig | Promise<CommandRig>): void {
  describe(name, { timeout: 20_000 }, () => {
    it("keeps the two streams apart and brings back the exit code", async () => {
      const { runner, talks } = await makeRig();
      const outcome = await runner.run({ ...talks, timeoutMs: 5000 });
      expect(outcome).toMatchObject({ kind: "exited", exitCode: 3, stdout: "out\n", stderr: "err\n", truncated: false });
    });

    it("keeps only as many bytes as asked for, and says so", async () => {
      const { runner, floods } = await makeRig();
      const outcome = await runner.run({ ...floods, timeoutMs: 5000, maxBytes: 1000 });
      expect(outcome).toMatchObject({ kind: "exited", exitCode: 0, truncated: true });
      expect(outcome).toHaveProperty("stdout.length", 1000);
    });

    it("does not call output truncated that fits", async () => {
      const { runner, floods } = await makeRig();
      expect(await runner.run({ ...floods, timeoutMs: 5000, maxBytes: 5000 })).toMatchObject({ truncated: false });
    });

    it("gives up at the time-out", async () => {
      const { runner, lasts } = await makeRig();
      const began = performance.now();
      expect(await runner.run({ ...lasts, timeoutMs: 150 })).toMatchObject({ kind: "timed-out" });
      expect(performance.now() - began).toBeLessThan(3000);
    });

    it("stops when the caller cancels", async () => {
      const { runner, lasts } = await makeRig();
      const cancel = new AbortController();
      const pending = runner.run({ ...lasts, timeoutMs: 60_000, signal: cancel.signal });
      setTimeout(() => cancel.abort(), 100);
      expect(await pending).toMatchObject({ kind: "cancelled" });
    });

    it("starts nothing for a caller who has already cancelled", async () => {
      const { runner, talks } = await makeRig();
      expect(await runner.run({ ...talks, timeoutMs: 5000, signal: AbortSignal.abort() })).toMatchObject({ kind: "cancelled", stdout: "" });
    });

    it("answers with a value when there is no such program, by name or by path", async () => {
      const { runner } = await makeRig();
      for (const file of ["lamplighter-no-such-program", "/nowhere/lamplighter-no-such-program"]) {
        const outcome = await runner.run({ file, args: [], timeoutMs: 5000 });
        expect(outcome).toMatchObject({ kind: "not-found", reason: expect.stringContaining(file) });
      }
    });

    it("locates an installed program by an absolute path that it can run, once", async () => {
      const { runner, installed } = await makeRig();
      const path = await runner.locate(installed);
      expect(path).toMatch(new RegExp(`^/.*/${installed}$`));
      const all = await runner.locateAll(installed, ["/usr/bin", "/usr/bin"]);
      expect(all[0]).toBe(path);
      expect(new Set(all).size).toBe(all.length);
    });

    it("locates nothing for a program that is not there", async () => {
      const { runner } = await makeRig();
      expect(await runner.locate("lamplighter-no-such-program", ["/usr/bin"])).toBeNull();
      expect(await runner.locateAll("lamplighter-no-such-program")).toEqual([]);
    });
  });
}
