import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../main/app.ts";
import { endOf, makeRelay, newText, oldText, openRelay, placesIn } from "../support/killable-relay.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("../support/killed-repair-child.ts", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "lamplighter-killed-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Died = { readonly dir: string; readonly base: number; readonly where: string; readonly wasKilled: boolean };

/** Repairs in a process of its own that is killed at the point; 0 lets it live. */
async function repairKilledAt(point: number): Promise<Died> {
  const dir = mkdtempSync(join(root, `${point}-`));
  const base = Date.now();
  makeRelay(dir);
  const ended = await run(process.execPath, ["--no-warnings", child, dir, String(base), String(point)], { timeout: 50_000 }).then(
    ({ stdout }) => ({ stdout, signal: null }),
    (error: { stdout: string; signal: string | null }) => error,
  );
  if (ended.signal !== null && ended.signal !== "SIGKILL") throw new Error(`the child ended by ${ended.signal}`);
  return { dir, base, where: ended.stdout.trim(), wasKilled: ended.signal === "SIGKILL" };
}

const textOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
const restarts = (dir: string): number => (textOf(placesIn(dir).log) ?? "").split("\n").filter((line) => line === "restart").length;

/** Whatever happened, the files are whole and nothing half-written lies beside them. */
function expectWhole({ dir, where }: Died): void {
  const { config, cache } = placesIn(dir);
  expect([oldText, newText], where).toContain(textOf(config));
  expect([undefined, "stale"], where).toContain(textOf(cache));
}

async function openAgain({ dir, base }: Died): Promise<App> {
  const app = openRelay(dir, base);
  await app.start();
  return app;
}

let points = 0;
beforeAll(async () => {
  const lived = await repairKilledAt(0);
  points = Number(lived.where);
  expect(textOf(placesIn(lived.dir).config)).toBe(newText);
  expect(restarts(lived.dir)).toBe(1);
}, 60_000);

describe("killed without warning at any point of a repair", () => {
  it("leaves whole files, free locks, a journal that tells, and a repair that can be finished or undone", {
    timeout: 600_000,
  }, async () => {
    expect(points).toBeGreaterThan(40);
    const seen = { finished: 0, undone: 0, nothing: 0, ended: 0 };
    for (let point = 1; point <= points; point += 1) {
      const died = await repairKilledAt(point);
      if (!died.wasKilled) continue;
      const { dir, where } = died;
      const at = `killed at ${point}, ${where}`;
      const { config, cache } = placesIn(dir);
      expectWhole(died);
      const before = restarts(dir);
      const app = await openAgain(died);
      const journal = await app.handlers.readJournal({ limit: 100 });
      const lists = await app.handlers.listRepairs({});
      expect(lists.running, at).toEqual([]);
      const [left] = lists.interrupted;
      if (left === undefined) {
        // Not begun yet, or ended in all but words.
        const isEnded = lists.ended.length === 1;
        seen[isEnded ? "ended" : "nothing"] += 1;
        expect(textOf(config), at).toBe(isEnded ? newText : oldText);
        await app.stop();
        continue;
      }
      expect(
        journal.lines.map(({ what }) => what),
        at,
      ).toContain("repair-started");
      if (point % 2 === 0) {
        seen.finished += 1;
        await app.handlers.resumeRepair({ id: left.id, how: "finish" });
        const run = await endOf(app, left.id);
        expect(run, at).toMatchObject({ outcome: "verified", after: { light: "green" } });
        expect([textOf(config), textOf(cache)], at).toEqual([newText, undefined]);
        // Once by us, or a second time when the first was cut off before the unit had taken it.
        expect(restarts(dir), at).toBe(where.includes("middle") ? before + 1 : 1);
      } else if (textOf(config) === newText || left.steps.some(({ state, kind }) => kind === "write-file" && state === "done")) {
        seen.undone += 1;
        const run = await app.handlers.undoRepair({ id: left.id, force: false });
        expect(run, at).toMatchObject({ outcome: "undone", undo: "done" });
        expect([textOf(config), textOf(cache)], at).toEqual([oldText, "stale"]);
        expect(statSync(cache).mode & 0o777, at).toBe(0o640);
      }
      expect(
        readdirSync(join(dir, "relay")).filter((name) => !/^(config|cache)\.json$/.test(name)),
        at,
      ).toEqual([]);
      const after = await app.handlers.readJournal({ limit: 100 });
      expect(after.lines.length, at).toBeGreaterThanOrEqual(journal.lines.length);
      expect([after.whole, after.damage], at).toEqual([true, undefined]);
      await app.stop();
      rmSync(dir, { recursive: true, force: true });
    }
    // Every way was tried, or this proves less than it says.
    for (const [way, times] of Object.entries(seen)) expect(times, way).toBeGreaterThan(0);
  });
});
