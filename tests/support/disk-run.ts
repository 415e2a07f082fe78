import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { calmFlags } from "../../build/scripts/ensure.mjs";
import { ordinarily } from "./ordinary-account.ts";

/** What a child is to do, `count` times, with numbers from `from`. */
export type DiskJob = {
  readonly work: "repair" | "count" | "append" | "attempt" | "unlock" | "leave";
  readonly dir: string;
  readonly home: string;
  readonly from: number;
  readonly count: number;
};

/** Text that shows by itself whether it is whole: its number at both ends, and as long as the number says. */
export const bodyOf = (n: number): string => `${n}:${"abcdefghij".charAt(n % 10).repeat(((n * 7919) % 200_000) + 1)}:${n}`;
export const isWhole = (text: string): boolean => text === bodyOf(Number.parseInt(text, 10));

/** A folder for the state of ours and one for the files that are changed, both empty. */
export function diskPlace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lamplighter-disk-")));
  const place = { dir: join(root, "state"), home: join(root, "home") };
  for (const folder of [place.dir, place.home]) mkdirSync(folder);
  return { ...place, root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export type DiskChild = {
  readonly child: ChildProcess;
  /** Lines it said so far, without the first, `up`. */
  readonly said: () => readonly string[];
  readonly up: Promise<void>;
  readonly done: Promise<{ readonly code: number | null; readonly signal: string | null; readonly errors: string }>;
};

const program = fileURLToPath(new URL("./disk-child.ts", import.meta.url));

/** `fileLimit` is the largest file it may write, in blocks of 512 bytes (1024 in some shells). */
export function startDiskChild(job: DiskJob, options: { readonly ordinary?: boolean; readonly fileLimit?: number } = {}): DiskChild {
  const { ordinary = false, fileLimit } = options;
  const { before, as } = ordinary ? ordinarily : { before: [], as: {} };
  const argv = [...before, process.execPath, ...calmFlags, program, JSON.stringify(job)];
  const limited = fileLimit === undefined ? argv : ["/bin/sh", "-c", `ulimit -c 0; ulimit -f ${fileLimit}; exec "$@"`, "sh", ...argv];
  const [file = "", ...args] = limited;
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], ...as });
  let out = "";
  let errors = "";
  let tellUp = () => {};
  const up = new Promise<void>((resolve) => {
    tellUp = resolve;
  });
  child.stdout.on("data", (piece: Buffer) => {
    out += piece.toString();
    if (out.startsWith("up\n")) tellUp();
  });
  child.stderr.on("data", (piece: Buffer) => {
    errors += piece.toString();
  });
  const done = new Promise<Awaited<DiskChild["done"]>>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      tellUp();
      resolve({ code, signal, errors });
    });
  });
  // A line that was cut by the kill was not said.
  return { child, up, done, said: () => out.split("\n").slice(1, -1) };
}
