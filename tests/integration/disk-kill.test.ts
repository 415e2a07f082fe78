import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFileChanges } from "../../main/adapters/file-changes/node-file-changes.ts";
import { fileJournal } from "../../main/adapters/journal/file-journal.ts";
import { fileLocks } from "../../main/adapters/locks/file-locks.ts";
import { ownMachine } from "../../main/adapters/machine/index.ts";
import { fileStateStore } from "../../main/adapters/state-store/file-state-store.ts";
import { bodyOf, type DiskChild, diskPlace, isWhole, startDiskChild } from "../support/disk-run.ts";
import { giveToOrdinary } from "../support/ordinary-account.ts";

const { processes } = ownMachine(execaCommandRunner(), systemClock);
const uid = process.getuid?.() ?? 0;

/** The adapters of this process on a place that others work on too. */
function adaptersOn({ dir, home }: { readonly dir: string; readonly home: string }) {
  const locks = fileLocks({ dir: join(dir, "locks"), clock: systemClock, processes });
  return {
    locks,
    journal: fileJournal({ dir, clock: systemClock, locks }),
    state: fileStateStore({ dir: join(dir, "state") }),
    changes: nodeFileChanges({ backupDir: join(dir, "backups"), uid, home, clock: systemClock }),
  };
}

function place() {
  const made = diskPlace();
  onTestFinished(() => made.remove());
  return made;
}

function start(...args: Parameters<typeof startDiskChild>): DiskChild {
  const made = startDiskChild(...args);
  onTestFinished(() => void made.child.kill("SIGKILL"));
  return made;
}

const linesOf = (text: string): readonly string[] => text.split("\n").slice(0, -1);

describe("killed at any moment", { timeout: 300_000 }, () => {
  it("leaves every file whole, every promised line in the journal and no lock behind, in 300 repairs and 40 kills", async () => {
    const made = place();
    const { journal, state } = adaptersOn(made);
    const path = join(made.home, "config.json");
    writeFileSync(path, bodyOf(1), { mode: 0o640 });
    let [next, kills, repairs] = [1, 0, 0];
    while (kills < 40 || repairs < 300) {
      const run = start({ work: "repair", dir: made.dir, home: made.home, from: next, count: 1000 });
      await run.up;
      let half = 0;
      for (const until = performance.now() + Math.random() * 400; performance.now() < until; await wait(1)) {
        half += isWhole(readFileSync(path, "utf8")) ? 0 : 1;
      }
      run.child.kill("SIGKILL");
      const { signal, errors } = await run.done;
      expect(half).toBe(0);
      expect([signal, errors]).toEqual(["SIGKILL", ""]);
      kills += 1;
      repairs += run.said().length;
      const promised = run.said().map((line) => Number(line.split(" ")[1]));
      next = (promised.at(-1) ?? next - 1) + 1;

      expect(isWhole(readFileSync(path, "utf8"))).toBe(true);
      const kept = await state.read("target/a");
      if (kept !== undefined) expect(kept).toEqual({ n: expect.any(Number), body: expect.any(String) });
      if (typeof kept === "object" && kept !== null && "body" in kept) expect(isWhole(String(kept.body))).toBe(true);
      const text = readFileSync(join(made.dir, "journal.jsonl"), "utf8");
      const verified = await journal.verify();
      if (verified.kind === "damaged") expect(verified.at).toBe(text.split("\n").length);
      const told = new Set((await journal.recent(10_000)).filter(({ what }) => what === "repair-ended").map(({ facts }) => facts["n"]));
      expect(promised.filter((n) => !told.has(n))).toEqual([]);
    }
    const last = start({ work: "repair", dir: made.dir, home: made.home, from: 3001, count: 1 });
    expect(await last.done).toEqual({ code: 0, signal: null, errors: "" });
    expect(readFileSync(path, "utf8")).toBe(bodyOf(3001));
    expect(await journal.verify()).toMatchObject({ kind: "whole" });
    expect([readdirSync(made.home), readdirSync(join(made.dir, "locks")), readdirSync(join(made.dir, "state"))]).toEqual([
      ["config.json"],
      [],
      ["target%2fa.json"],
    ]);
    expect(readdirSync(join(made.dir, "backups")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("never lets two of 8 processes in at once, in 1600 takings, whoever holds the lock is killed", async () => {
    const made = place();
    const counter = join(made.dir, "counter");
    writeFileSync(counter, "0");
    const job = { work: "count" as const, dir: made.dir, home: made.home, from: 0 };
    const all: DiskChild[] = [];
    let kills = 0;
    const worker = async (): Promise<void> => {
      for (let left = 200; left > 0; ) {
        const run = start({ ...job, count: left });
        all.push(run);
        const { signal, errors } = await run.done;
        expect(errors).toBe("");
        left -= run.said().filter((line) => line === "counted").length;
        if (signal !== "SIGKILL") break;
      }
    };
    let isDone = false;
    const killer = async (): Promise<void> => {
      while (!isDone) {
        await wait(100 + Math.random() * 500);
        try {
          const { pid } = JSON.parse(readFileSync(join(made.dir, "locks", "counter.lock"), "utf8"));
          const victim = all.find(({ child }) => child.pid === pid && child.exitCode === null && child.signalCode === null);
          if (victim !== undefined && kills < 25 && victim.child.kill("SIGKILL")) kills += 1;
        } catch {
          // Nobody has it at this moment.
        }
      }
    };
    const hunting = killer();
    await Promise.all(Array.from({ length: 8 }, worker)).finally(() => {
      isDone = true;
    });
    await hunting;
    const said = all.flatMap((run) => run.said());
    expect(said.filter((line) => line === "overtaken")).toEqual([]);
    // A killed process may have counted without having been able to say so.
    const counted = said.filter((line) => line === "counted").length;
    expect(kills).toBeGreaterThan(3);
    expect(counted).toBeGreaterThanOrEqual(1600);
    expect(Number(readFileSync(counter, "utf8")) - counted).toBeGreaterThanOrEqual(0);
    expect(Number(readFileSync(counter, "utf8")) - counted).toBeLessThanOrEqual(kills);
    expect(await adaptersOn(made).locks.take("counter", "after")).toMatchObject({ kind: "taken" });
  });
});

describe("a limit of the account for the size of files", { timeout: 120_000 }, () => {
  it("is told in words, and the piece of a line that still fitted is taken back", async () => {
    const made = place();
    const run = start({ work: "append", dir: made.dir, home: made.home, from: 0, count: 1000 }, { fileLimit: 32 });
    expect(await run.done).toMatchObject({
      code: 1,
      errors: expect.stringContaining("The file would become larger than this account may write."),
    });
    const { journal } = adaptersOn(made);
    const promised = run.said().length;
    expect(promised).toBeGreaterThan(5);
    expect(await journal.verify()).toEqual({ kind: "whole", lines: promised });
    await journal.append({ what: "after", facts: {} });
    expect(await journal.verify()).toEqual({ kind: "whole", lines: promised + 1 });
  });
});

describe("a process that ends without releasing its lock", { timeout: 120_000 }, () => {
  it("takes the lock with it", async () => {
    const made = place();
    const run = start({ work: "leave", ...made, from: 0, count: 1 });
    expect(await run.done).toEqual({ code: 0, signal: null, errors: "" });
    expect([run.said(), readdirSync(join(made.dir, "locks"))]).toEqual([["taken"], []]);
  });
});

describe("two processes", { timeout: 120_000 }, () => {
  it("write one journal with one chain, each line whole", async () => {
    const made = place();
    const runs = [0, 1, 2].map(() => start({ work: "append", dir: made.dir, home: made.home, from: 0, count: 60 }));
    for (const { done } of runs) expect(await done).toEqual({ code: 0, signal: null, errors: "" });
    const { journal } = adaptersOn(made);
    expect(await journal.verify()).toEqual({ kind: "whole", lines: 180 });
    const lines = await journal.recent(1000);
    for (const { child } of runs) {
      const own = lines.filter(({ facts }) => facts["by"] === child.pid).map(({ facts }) => facts["n"]);
      expect(own).toEqual(Array.from({ length: 60 }, (_, n) => n));
    }
    expect(linesOf(readFileSync(join(made.dir, "journal.jsonl"), "utf8"))).toHaveLength(180);
  });
});

describe("a folder that may not be written to", { timeout: 120_000 }, () => {
  it("is told in words, and nothing in it changes", async () => {
    const made = place();
    writeFileSync(join(made.home, "config.json"), bodyOf(1));
    giveToOrdinary(made.root, made.dir, made.home, join(made.home, "config.json"));
    for (const each of [made.dir, made.home]) chmodSync(each, 0o500);
    onTestFinished(() => {
      for (const each of [made.dir, made.home]) chmodSync(each, 0o700);
    });
    const run = start({ work: "attempt", ...made, from: 0, count: 1 }, { ordinary: true });
    expect(await run.done).toMatchObject({ code: 0, errors: "" });
    const denied = expect.stringMatching(/This account may not do that there \(permission denied\)\.$/);
    expect(JSON.parse(run.said()[0] ?? "")).toEqual({
      keep: expect.stringMatching(/^The copy could not be kept\. .*permission denied/),
      write: { kind: "failed", reason: denied },
      remove: { kind: "failed", reason: denied },
      append: denied,
      state: expect.stringMatching(/EACCES/),
      lock: { kind: "failed", reason: denied },
    });
    expect([readdirSync(made.dir), readdirSync(made.home), readFileSync(join(made.home, "config.json"), "utf8")]).toEqual([
      [],
      ["config.json"],
      bodyOf(1),
    ]);
  });
});

describe("a file whose permission bits shut out its own owner", { timeout: 120_000 }, () => {
  it("is not replaced, because it could not be kept; its bits can be set, and set back", async () => {
    const made = place();
    const path = join(made.home, "config.json");
    writeFileSync(path, bodyOf(1), { mode: 0o000 });
    giveToOrdinary(made.root, made.dir, made.home, path);
    const run = start({ work: "unlock", ...made, from: 0, count: 1 }, { ordinary: true });
    expect(await run.done).toMatchObject({ code: 0, errors: "" });
    const failed = { kind: "failed", reason: expect.stringMatching(/even its owner/) };
    expect(JSON.parse(run.said()[0] ?? "")).toEqual({
      kept: { kind: "kept", backup: { id: expect.any(String), path, existed: true, mode: 0 } },
      write: failed,
      remove: failed,
      open: { kind: "changed" },
      text: bodyOf(1),
      restore: { kind: "changed" },
    });
    expect(statSync(path).mode & 0o777).toBe(0);
  });
});

/** A small disk of its own, where the machine lets us have one. */
function smallDisk(): { readonly at: string; remove(): void } | undefined {
  if (process.platform !== "linux" || uid !== 0) return undefined;
  const made = diskPlace();
  const at = join(made.root, "mount");
  const remove = () => {
    try {
      execFileSync("umount", [at], { stdio: "ignore" });
    } catch {
      // It was never mounted.
    }
    made.remove();
  };
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", at], { stdio: "ignore" });
    return { at, remove };
  } catch {
    remove();
    return undefined;
  }
}

const trial = smallDisk();
trial?.remove();
if (trial !== undefined) {
  describe("a full disk (a small one of its own in memory)", () => {
    it("is told in words, leaves everything as it was, and everything goes on once there is room", async () => {
      const disk = smallDisk();
      if (disk === undefined) throw new Error("The disk that could be had a moment ago cannot be had now.");
      onTestFinished(disk.remove);
      const made = { dir: join(disk.at, "state"), home: join(disk.at, "home") };
      for (const folder of [made.dir, made.home]) mkdirSync(folder, { mode: 0o700 });
      const { changes, journal, locks, state } = adaptersOn(made);
      const path = join(made.home, "config.json");
      writeFileSync(path, bodyOf(1));
      await state.write("a", "old");
      const held = await locks.take("held", "before");
      let lines = 0;
      const text = "x".repeat(5_000);
      const fill = async (): Promise<string> => {
        for (;;) {
          const refused = await journal.append({ what: "step", facts: { text } }).then(
            () => undefined,
            (error: Error) => error.message,
          );
          if (refused !== undefined) return refused;
          lines += 1;
        }
      };
      expect(await fill()).toMatch(/^The journal could not be (written|locked)\. The disk is full\.$/);
      expect(lines).toBeGreaterThan(20);
      writeFileSync(join(made.home, "rest"), "");
      try {
        for (;;) writeFileSync(join(made.home, "rest"), "x".repeat(512), { flag: "a" });
      } catch {
        // Now there is no room for anything.
      }
      expect(await changes.apply({ kind: "write", path, text: bodyOf(2) })).toEqual({ kind: "failed", reason: "The disk is full." });
      expect(await changes.keep(path)).toEqual({ kind: "refused", reason: "The copy could not be kept. The disk is full." });
      await expect(state.write("a", "new".repeat(9_000))).rejects.toThrow(/ENOSPC/);
      expect(await locks.take("b", "look")).toEqual({ kind: "failed", reason: "The disk is full." });
      expect([readFileSync(path, "utf8"), await state.read("a"), readdirSync(made.home).sort()]).toEqual([
        bodyOf(1),
        "old",
        ["config.json", "rest"],
      ]);
      expect(await journal.recent(10_000)).toHaveLength(lines);

      expect(await changes.apply({ kind: "remove", path: join(made.home, "rest") })).toEqual({ kind: "changed" });
      execFileSync("mount", ["-o", "remount,size=2m", disk.at]);
      await journal.append({ what: "after", facts: {} });
      expect(await journal.verify()).toEqual({ kind: "whole", lines: lines + 1 });
      expect(await changes.apply({ kind: "write", path, text: bodyOf(2) })).toEqual({ kind: "changed" });
      expect(await locks.take("b", "look")).toMatchObject({ kind: "taken" });
      expect(held.kind).toBe("taken");
      expect(existsSync(path)).toBe(true);
    });
  });
}
