import { createRedactor } from "../../core/engine/redact.ts";
import { SCHEMA_VERSION } from "../../core/model/snapshot.ts";
import type { Surroundings } from "./call.ts";
import { COULD_NOT_RUN } from "./exit-code.ts";
import { loadVerb } from "./load-verb.ts";
import { oneLine, printable } from "./printable.ts";
import { readArguments } from "./read-arguments.ts";
import { surpriseWords } from "./surprise.ts";
import type { Terminal } from "./terminal.ts";

/** Reasons that are part of normal life are told as they are. */
const isExpected = (error: unknown): error is Error =>
  error instanceof Error && ["Unable", "CallFailed", "PortUnavailable"].includes(error.name);

/** Says why nothing was done: for a person on standard error, for a script as JSON on standard output. */
function tellTrouble(error: unknown, json: boolean, terminal: Terminal): void {
  const message = isExpected(error) ? createRedactor().text(error.message) : surpriseWords(error);
  if (json) terminal.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, error: { message: oneLine(message) } })}\n`);
  else terminal.complain(`${printable(message)}\n`);
}

/** The whole command line: reads the arguments, runs one verb, gives the exit code. Never throws. */
export async function runCli(argv: readonly string[], terminal: Terminal, surroundings: Surroundings): Promise<number> {
  try {
    const asked = readArguments(argv);
    if (asked.kind === "version") {
      const { version } = surroundings;
      terminal.write(asked.json ? `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, version })}\n` : `lamplighter ${version}\n`);
      return 0;
    }
    const verb = await loadVerb(asked.verb);
    return await verb({ wish: asked.wish, terminal, surroundings });
  } catch (error) {
    tellTrouble(error, argv.includes("--json"), terminal);
    return COULD_NOT_RUN;
  }
}
