import { setTimeout as wait } from "node:timers/promises";
import { maySignal } from "./may-signal.ts";
import { readProcessTable, type TableRow, treeOf } from "./process-table.ts";

/** Asks politely, waits at most `graceMs`, then insists. All waits together stay under `graceMs` plus half a second. */
export type EndingOptions = { readonly graceMs: number };

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (!maySignal(Math.abs(pid))) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** A process that left the group is signalled only while its start time proves that it is still the same one. */
function signalTree(leader: number, rows: readonly TableRow[], signal: NodeJS.Signals): void {
  signalTo(-leader, signal);
  for (const row of rows) if (row.group !== leader) signalTo(row.pid, signal);
}

const survivors = async (leader: number, known: readonly TableRow[]): Promise<readonly TableRow[]> => {
  const table = await readProcessTable();
  const same = (row: TableRow) => known.some((each) => each.pid === row.pid && each.started === row.started);
  const below = treeOf(leader, table);
  return [...below, ...table.filter((row) => same(row) && !below.includes(row))];
};

async function emptied(leader: number, known: readonly TableRow[], withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (let pause = 5; performance.now() < until; pause = Math.min(pause * 2, 40)) {
    await wait(pause);
    const lives = signalTo(-leader, 0) || known.some((row) => row.group !== leader && signalTo(row.pid, 0));
    if (!lives) return true;
  }
  return false;
}

/**
 * Ends the process group that `leader` leads and everything started below it, also children that moved to a session of
 * their own. Zombies that nobody collects count as ended. A number that names no group ends nothing.
 */
export async function endProcessTree(leader: number, options: EndingOptions): Promise<void> {
  if (!maySignal(leader)) return;
  const known = treeOf(leader, await readProcessTable());
  signalTree(leader, known, "SIGTERM");
  if (await emptied(leader, known, options.graceMs)) return;
  const stubborn = await survivors(leader, known);
  if (stubborn.length === 0) return;
  signalTree(leader, stubborn, "SIGKILL");
  await emptied(leader, stubborn, 300);
}
