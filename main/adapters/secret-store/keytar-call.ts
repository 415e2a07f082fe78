import { createRequire } from "node:module";
import type { CommandRunner } from "../../core/ports/command-runner.ts";

export type KeytarVerb = "getPassword" | "setPassword" | "deletePassword";

/** What the native library gave back, or the words of its error. `not-loaded`: the library, or what it needs, is not installed. */
export type KeytarReply =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "not-loaded" }
  | { readonly kind: "timed-out" };

export type KeytarCall = (verb: KeytarVerb, args: readonly string[]) => Promise<KeytarReply>;

/** A dialog of the system may be waiting for a person, who needs some time to read it. */
const TIMEOUT_MS = 20_000;

/** Names and secret arrive on standard input and leave on standard output: argv and environment are visible to other programs. */
const program = `
let input = "";
process.stdin.on("data", (piece) => (input += piece)).on("end", async () => {
  const [verb, args] = JSON.parse(input);
  let keytar;
  try {
    keytar = require(process.argv[1]);
  } catch {}
  const call = async () => ({ value: (await keytar[verb](...args)) ?? null });
  const reply = keytar ? await call().catch((error) => ({ message: String(error.message) })) : {};
  process.stdout.write(JSON.stringify(reply));
});`;

/**
 * Calls keytar in a child process of the same Node. In our own process a native call that waits for a dialog cannot be ended: it
 * occupies a thread and even keeps \`process.exit\` from finishing. The child also gives back the memory of the native libraries.
 */
export function keytarInChild(commands: CommandRunner, library = resolveKeytar(), timeoutMs = TIMEOUT_MS): KeytarCall {
  return async (verb, args) => {
    if (library === null) return { kind: "not-loaded" };
    const outcome = await commands.run({
      file: process.execPath,
      args: ["-e", program, library],
      stdin: JSON.stringify([verb, args]),
      timeoutMs,
    });
    if (outcome.kind === "timed-out") return { kind: "timed-out" };
    return outcome.kind === "exited" ? readReply(outcome.stdout) : { kind: "failed", message: "the child process ended early" };
  };
}

/**
 * Calls keytar in this process, for Electron, whose program cannot be started as plain Node once packaged. A call that outlasts
 * its time goes on in the background, so no further one is begun until it has ended: dialogs must not pile up.
 */
export function keytarInProcess(load = () => import("keytar"), timeoutMs = TIMEOUT_MS): KeytarCall {
  let overdue = 0;
  return async (verb, args) => {
    if (overdue > 0) return { kind: "timed-out" };
    const keytar = await load().catch(() => null);
    if (keytar === null) return { kind: "not-loaded" };
    const [service = "", account = "", secret = ""] = args;
    const answer: Promise<KeytarReply> = keytar[verb](service, account, secret).then(
      (value) => ({ kind: "value", value }),
      (error) => ({ kind: "failed", message: error instanceof Error ? error.message : "unknown" }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<KeytarReply>((resolve) => {
      timer = setTimeout(() => {
        overdue += 1;
        void answer.finally(() => {
          overdue -= 1;
        });
        resolve({ kind: "timed-out" });
      }, timeoutMs);
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  };
}

function readReply(text: string): KeytarReply {
  try {
    const reply: unknown = JSON.parse(text);
    if (typeof reply !== "object" || reply === null) return { kind: "not-loaded" };
    if ("value" in reply) return { kind: "value", value: reply.value };
    return "message" in reply ? { kind: "failed", message: String(reply.message) } : { kind: "not-loaded" };
  } catch {
    return { kind: "not-loaded" };
  }
}

function resolveKeytar(): string | null {
  try {
    return createRequire(import.meta.url).resolve("keytar");
  } catch {
    return null;
  }
}
