// Hands the terminal over to another program: its exit code is ours, and a signal sent to us reaches it.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./ensure.mjs";

// Ctrl-C at a terminal reaches the child directly; passing it on as well would count as pressing it twice.
const atTerminal = process.stdin.isTTY === true || process.stderr.isTTY === true;

/** Starts `command` with our own streams and ends this process the way that one ends. */
export function replaceBy(command, args, options = {}) {
  const child = spawn(command, args, { cwd: options.cwd ?? root, env: options.env ?? process.env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGQUIT"]) process.on(signal, () => atTerminal || child.kill(signal));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exit(3);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
