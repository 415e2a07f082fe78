import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { calmFlags } from "../../build/scripts/ensure.mjs";
import type { HostileHome } from "./hostile-home.ts";

const program = fileURLToPath(new URL("./hostile-child.ts", import.meta.url));

/** What watching a home cost a process of its own. Megabytes of memory beyond those after loading; milliseconds. */
export type HostileRun = {
  /** The last light, and every light it had. */
  readonly light: string;
  readonly lights: readonly string[];
  /** Snapshots that were told. */
  readonly told: number;
  readonly sentence: string;
  readonly summaries: readonly string[];
  readonly growthMb: number;
  readonly keptMb: number;
  /** Longest time in which the process could do nothing else. */
  readonly blockedMs: number;
  readonly cpuMs: number;
  /** How long the last `stop` took, and how long after it the last socket and timer were gone. */
  readonly stoppedMs: number;
  readonly quietMs: number;
  /** Sockets, timers and the like that are still open after `stop`. */
  readonly left: readonly string[];
  readonly children: number;
  readonly surprises: readonly string[];
};

/** Watches a home for `watchMs` (0: a single look), `looks` times one after the other. */
export async function runAgainst(home: Pick<HostileHome, "env">, { watchMs = 0, looks = 1 } = {}): Promise<HostileRun> {
  const child = spawn(process.execPath, [...calmFlags, "--expose-gc", program, String(watchMs), String(looks)], {
    env: { ...home.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let complaint = "";
  child.stdout.on("data", (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    complaint += piece.toString();
  });
  const late = setTimeout(() => child.kill("SIGKILL"), watchMs * looks + 20_000);
  await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(late);
  try {
    return JSON.parse(out) as HostileRun;
  } catch {
    throw new Error(`The watching process told nothing:\n${out}\n${complaint}`);
  }
}
