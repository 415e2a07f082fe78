import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFileChanges } from "../../main/adapters/file-changes/node-file-changes.ts";
import { fileJournal } from "../../main/adapters/journal/file-journal.ts";
import { fileLocks } from "../../main/adapters/locks/file-locks.ts";
import { ownMachine } from "../../main/adapters/machine/index.ts";
import { fileStateStore } from "../../main/adapters/state-store/file-state-store.ts";
import { bodyOf, type DiskJob } from "./disk-run.ts";

// A program of its own, started and killed by `disk-run.ts`: works on a folder with the real adapters, and tells each step that is done.
const job: DiskJob = JSON.parse(process.argv[2] ?? "");
const { processes } = ownMachine(execaCommandRunner(), systemClock);
const clock = systemClock;
const locks = fileLocks({ dir: join(job.dir, "locks"), clock, processes });
const journal = fileJournal({ dir: job.dir, clock, locks });
const state = fileStateStore({ dir: join(job.dir, "state") });
const changes = nodeFileChanges({ backupDir: join(job.dir, "backups"), uid: process.getuid?.() ?? 0, home: job.home, clock });
const say = (words: string): void => writeFileSync(1, `${words}\n`);
const path = join(job.home, "config.json");

/** One repair in small: nothing of it may be half there, wherever it is cut. */
async function repair(n: number): Promise<void> {
  const taken = await locks.take("target/a", `repair ${n}`);
  if (taken.kind !== "taken") throw new Error(`The lock was not to be had: ${JSON.stringify(taken)}`);
  await journal.append({ what: "repair-started", facts: { n, text: "x".repeat((n * 37) % 3000) } });
  const kept = await changes.keep(path);
  if (kept.kind !== "kept") throw new Error(kept.reason);
  const applied = await changes.apply({ kind: "write", path, text: bodyOf(n) });
  if (applied.kind !== "changed") throw new Error(applied.reason);
  await state.write("target/a", { n, body: bodyOf(n) });
  if (n % 3 === 0) {
    const restored = await changes.restore(kept.backup);
    if (restored.kind !== "changed") throw new Error(restored.reason);
  }
  await journal.append({ what: "repair-ended", facts: { n } });
  await taken.lock.release();
}

/** Adds one to a number in a file, which only whoever has the lock may do. Tells when somebody else did meanwhile. */
async function count(): Promise<void> {
  let taken = await locks.take("counter", "count");
  for (; taken.kind === "busy"; taken = await locks.take("counter", "count")) await wait(1 + Math.random() * 4);
  if (taken.kind === "failed") throw new Error(taken.reason);
  const [holder, counter] = [join(job.dir, "holder"), join(job.dir, "counter")];
  writeFileSync(holder, String(process.pid));
  const before = Number(readFileSync(counter, "utf8"));
  await wait(Math.random() * 3);
  if (readFileSync(holder, "utf8") !== String(process.pid)) say("overtaken");
  writeFileSync(`${counter}.${process.pid}`, String(before + 1));
  renameSync(`${counter}.${process.pid}`, counter);
  say("counted");
  await taken.lock.release();
}

async function attempt(): Promise<void> {
  const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const kept = await changes.keep(path);
  const results = {
    keep: kept.kind === "kept" ? "kept" : kept.reason,
    write: await changes.apply({ kind: "write", path, text: bodyOf(2) }),
    remove: await changes.apply({ kind: "remove", path }),
    append: await journal.append({ what: "step", facts: {} }).then(() => "appended", words),
    state: await state.write("a", 1).then(() => "written", words),
    lock: await locks.take("a", "look"),
  };
  say(JSON.stringify(results));
}

/** Opens up a file that even its owner may not read, and shuts it again. */
async function unlock(): Promise<void> {
  const kept = await changes.keep(path);
  const results = {
    kept,
    write: await changes.apply({ kind: "write", path, text: "x" }),
    remove: await changes.apply({ kind: "remove", path }),
    open: await changes.apply({ kind: "set-mode", path, mode: 0o600 }),
    text: readFileSync(path, "utf8"),
    restore: kept.kind === "kept" ? await changes.restore(kept.backup) : kept,
  };
  say(JSON.stringify(results));
}

/** Ends as a program does that forgot what it holds. */
async function leave(): Promise<void> {
  const taken = await locks.take("left", "forget");
  say(taken.kind);
  process.exit(0);
}

const works = {
  repair,
  count,
  append: (n: number) => journal.append({ what: "step", facts: { n, by: process.pid, text: "x".repeat(200) } }),
  attempt,
  unlock,
  leave,
};

say("up");
for (let n = job.from; n < job.from + job.count; n += 1) {
  await works[job.work](n);
  say(`done ${n}`);
}
