import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Environment } from "../core/ports/machine.ts";
import { actingPorts } from "./acting-ports.ts";
import { realPorts } from "./ports.ts";

/** What acts on this machine, with everything of ours below a folder that goes with the test. */
function actingIn() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "lamplighter-acting-")));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const { acting: _own, ...ports } = realPorts();
  const environment: Environment = {
    ...ports.environment,
    home,
    variable: (name) => (name === "LAMPLIGHTER_HOME" ? join(home, "lamp") : ports.environment.variable(name)),
  };
  return { home, acting: actingPorts({ ...ports, environment }) };
}

it("touches nothing before it is asked to", () => {
  const { home } = actingIn();
  expect(existsSync(join(home, "lamp"))).toBe(false);
});

it("keeps, changes and puts back a real file, and writes it down below LAMPLIGHTER_HOME", async () => {
  const { home, acting } = actingIn();
  const path = join(home, "config.json");
  writeFileSync(path, "old", { mode: 0o640 });
  const kept = await acting.changes.keep(path);
  expect(await acting.changes.apply({ kind: "write", path, text: "new" })).toEqual({ kind: "changed" });
  expect(readFileSync(path, "utf8")).toBe("new");
  if (kept.kind === "kept") await acting.changes.restore(kept.backup);
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["old", 0o640]);
  await acting.journal.append({ what: "test", facts: { path } });
  expect(await acting.journal.verify()).toMatchObject({ kind: "whole" });
  await acting.state.write("target/x", { a: 1 });
  expect(await acting.state.read("target/x")).toEqual({ a: 1 });
  for (const part of ["journal", "kept", "state"]) expect(existsSync(join(home, "lamp", part)), part).toBe(true);
});

it("gives a lock to one at a time, and ends no process that is not proven", async () => {
  const { acting } = actingIn();
  const first = await acting.locks.take("stack-x", "first");
  expect(await acting.locks.take("stack-x", "second")).toMatchObject({ kind: "busy", owner: { purpose: "first", pid: process.pid } });
  if (first.kind === "taken") await first.lock.release();
  expect((await acting.locks.take("stack-x", "third")).kind).toBe("taken");
  expect(await acting.ending.end(process.pid, 1)).toMatchObject({ kind: "not-ours" });
});
