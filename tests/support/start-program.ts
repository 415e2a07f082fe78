import { spawn } from "node:child_process";

export type StartedProgram = { readonly pid: number; readonly firstLine: string; end(): void };

/** Runs JavaScript in a Node process of its own, waits at most ten seconds for its first line of output, and ends it with `end`. */
export async function startProgram(source: string, ...args: readonly string[]): Promise<StartedProgram> {
  const child = spawn(process.execPath, ["-e", source, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const firstLine = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The program said nothing.")), 10_000);
    child.once("error", reject);
    child.stdout.once("data", (text) => {
      clearTimeout(timer);
      resolve(String(text).trim());
    });
  });
  return { pid: child.pid ?? 0, firstLine, end: () => child.kill("SIGKILL") };
}
