import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { nodeBinary } from "../support/openclaw-install.ts";

export type LampChange = { readonly at: number; readonly id: string; readonly light: string; readonly stack: string };
export type CoreProcess = { readonly pid: number; onChange(listener: (change: LampChange) => void): void; end(): void };

/** The built headless core in a process of its own, with the flags it is shipped with, looking at the given TCP ports. */
export async function startCore(ports: readonly number[], everyMs: number): Promise<CoreProcess> {
  const script = fileURLToPath(new URL("../../out/bench/core.js", import.meta.url));
  const child: ChildProcess = spawn(nodeBinary, [...process.execArgv, script, JSON.stringify({ ports, everyMs })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null || child.pid === undefined) throw new Error("the core could not be started");
  let listener: (change: LampChange) => void = () => {};
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the core ended")));
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      const told = JSON.parse(line) as LampChange & { ready?: boolean };
      if (told.ready === true) resolve();
      else listener(told);
    });
  });
  return {
    pid: child.pid,
    onChange: (heard) => {
      listener = heard;
    },
    end: () => void child.kill("SIGKILL"),
  };
}
