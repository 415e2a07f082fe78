import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { calmFlags } from "../../build/scripts/ensure.mjs";
import type { HostileHome } from "./hostile-home.ts";
import { giveToOrdinary, ordinarily } from "./ordinary-account.ts";

const cli = fileURLToPath(new URL("../../main/hosts/cli/main.ts", import.meta.url));

export type ProcessEnd = { readonly code: number | null; readonly out: string; readonly errors: string; readonly ms: number };

/** Runs the command line, by default such that the modes of files count; the home must be given to that account before. */
export async function runProcess(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  who: "ordinary" | "ourselves" = "ordinary",
): Promise<ProcessEnd> {
  const began = performance.now();
  const { before, as } = who === "ordinary" ? ordinarily : { before: [], as: {} };
  const [file = "", ...args] = [...before, process.execPath, ...calmFlags, cli, ...argv];
  const child = spawn(file, args, { env: { ...env }, stdio: ["ignore", "pipe", "pipe"], ...as });
  let out = "";
  let errors = "";
  child.stdout.on("data", (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    errors += piece.toString();
  });
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(late);
  return { code, out, errors, ms: performance.now() - began };
}

export function giveToNobody({ home }: Pick<HostileHome, "home">): void {
  giveToOrdinary(home);
}

/** Processes that were started for a home and still run after a moment, by what their environment says (Linux). */
export async function leftBehind(home: Pick<HostileHome, "home">): Promise<readonly string[]> {
  for (let i = 0; i < 40 && runningFor(home).length > 0; i += 1) await wait(50);
  return runningFor(home);
}

function runningFor({ home }: Pick<HostileHome, "home">): readonly string[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const of = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`HOME=${home}`);
        return of ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
      } catch {
        return [];
      }
    });
}
