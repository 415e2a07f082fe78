import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startProgram } from "../../../tests/support/start-program.ts";
import type { LockOwner } from "../../core/ports/locks.ts";
import { fakeLocks } from "./fake.ts";
import { fileLocks } from "./file-locks.ts";
import { locksSuite } from "./suite.ts";

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now(), sleep: async () => {} };
const inspect = async (pid: number) => ({ pid, ppid: 1, user: "", name: "", command: "", state: "running" as const, startedMs: 1000 });

function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "lamplighter-locks-")));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const make = (dir: string) => fileLocks({ dir, clock, processes: { inspect } });

/** A number that a process had which has ended. */
let deadPid = 0;
beforeAll(async () => {
  const program = await startProgram("console.log(require('node:child_process').spawnSync('true').pid)");
  deadPid = Number(program.firstLine);
  program.end();
});

/** Puts a lock there as somebody wrote it who is not us. */
function leave(dir: string, name: string, text: Readonly<Record<string, unknown>>): void {
  mkdirSync(dir, { recursive: true });
  const whole = { id: "0123456789abcdef", pid: 1, mark: "boot-1", startedMs: 1, purpose: "theirs", takenMs: 2, ...text };
  writeFileSync(join(dir, `${name}.lock`), JSON.stringify(whole));
}

locksSuite("fakeLocks", async () => {
  const held = new Map<string, LockOwner>();
  const lives = ({ pid }: LockOwner): boolean => pid !== 7;
  const of = (pid: number) => fakeLocks({ clock, held, self: { pid, startedMs: 1 }, lives });
  return { mine: of(1), other: of(2), pid: 1, leaveBehind: async (name) => void (await of(7).take(name, "killed")) };
});

locksSuite("fileLocks", async () => {
  const dir = folder();
  return { mine: make(dir), other: make(dir), pid: process.pid, leaveBehind: async (name) => leave(dir, name, { pid: deadPid }) };
});

describe("fileLocks", () => {
  it("keeps its folder and files to this account, and leaves nothing behind", async () => {
    const dir = join(folder(), "locks");
    const taken = await make(dir).take("a", "look");
    expect([statSync(dir).mode & 0o777, statSync(join(dir, "a.lock")).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readdirSync(dir)).toEqual(["a.lock"]);
    if (taken.kind === "taken") await taken.lock.release();
    expect(readdirSync(dir)).toEqual([]);
  });

  it("sees through a number that was used again by another process", async () => {
    const dir = folder();
    leave(dir, "a", { pid: process.pid, mark: "another boot-1" });
    expect(await make(dir).take("a", "mine")).toMatchObject({ kind: "taken" });
  });

  it("respects a living process of any age, and says who it is", async () => {
    const dir = folder();
    const first = await make(dir).take("b", "x");
    const text = JSON.parse(readFileSync(join(dir, "b.lock"), "utf8"));
    leave(dir, "a", { pid: process.pid, mark: text.mark, startedMs: 5, takenMs: 6 });
    expect(await make(dir).take("a", "mine")).toEqual({
      kind: "busy",
      owner: { pid: process.pid, startedMs: 5, purpose: "theirs", takenMs: 6 },
    });
    expect(first.kind).toBe("taken");
  });

  it("goes on where a taker was killed that was about to replace a dead owner's lock", async () => {
    const dir = folder();
    const pid = deadPid;
    leave(dir, "a", { pid, id: "0000000000000001" });
    leave(dir, "claim", { pid, id: "0000000000000002" });
    writeFileSync(join(dir, "a.lock.0000000000000001"), readFileSync(join(dir, "claim.lock")));
    writeFileSync(join(dir, `a.lock.0000000000000002.${pid}.new`), "");
    rmSync(join(dir, "claim.lock"));
    expect(await make(dir).take("a", "mine")).toMatchObject({ kind: "taken" });
    expect(readdirSync(dir)).toEqual(["a.lock"]);
  });

  it("gives a dead owner's lock to exactly one of many, however they overtake each other", async () => {
    const dir = folder();
    const takers = Array.from({ length: 6 }, () => make(dir));
    for (let round = 0; round < 60; round += 1) {
      leave(dir, "a", { pid: deadPid, id: round.toString(16).padStart(16, "0") });
      const answers = await Promise.all(takers.map((taker) => taker.take("a", "mine")));
      expect(answers.map(({ kind }) => kind).sort()).toEqual(["busy", "busy", "busy", "busy", "busy", "taken"]);
    }
    expect(readdirSync(dir)).toEqual(["a.lock"]);
  });

  it("waits for a living process that is about to replace a dead owner's lock", async () => {
    const dir = folder();
    await make(dir).take("b", "x");
    const { mark } = JSON.parse(readFileSync(join(dir, "b.lock"), "utf8"));
    leave(dir, "a", { pid: deadPid, id: "0000000000000001" });
    leave(dir, "c", { pid: process.pid, mark, id: "0000000000000002", purpose: "replaces" });
    writeFileSync(join(dir, "a.lock.0000000000000001"), readFileSync(join(dir, "c.lock")));
    expect(await make(dir).take("a", "mine")).toMatchObject({ kind: "busy", owner: { purpose: "replaces" } });
  });

  it.each([
    ["is empty, as after a power cut", ""],
    ["is nonsense", "\u0000{"],
    ["lacks who it was", '{"id":"0123456789abcdef"}'],
    ["is huge", "x".repeat(100_000)],
  ])("takes a lock whose file %s", async (_, text) => {
    const dir = folder();
    writeFileSync(join(dir, "a.lock"), text);
    expect(await make(dir).take("a", "mine")).toMatchObject({ kind: "taken" });
    expect(await make(dir).take("a", "again")).toMatchObject({ kind: "busy", owner: { purpose: "mine" } });
  });

  it("says why it cannot: something else is in the place of the lock or of its folder", async () => {
    const dir = folder();
    mkdirSync(join(dir, "a.lock"));
    symlinkSync("/dev/zero", join(dir, "b.lock"));
    writeFileSync(join(dir, "file"), "");
    for (const name of ["a", "b"])
      expect(await make(dir).take(name, "x")).toMatchObject({ kind: "failed", reason: expect.stringMatching(/\.$/) });
    expect(await make(join(dir, "file")).take("a", "x")).toMatchObject({ kind: "failed" });
    expect(readdirSync(dir).sort()).toEqual(["a.lock", "b.lock", "file"]);
  });
});
