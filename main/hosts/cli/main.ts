import { COULD_NOT_RUN } from "./exit-code.ts";
import { realSurroundings } from "./real-surroundings.ts";
import { runCli } from "./run-cli.ts";
import { surpriseWords } from "./surprise.ts";
import { processTerminal } from "./terminal.ts";

const terminal = processTerminal(process);
// One probe that goes wrong must not end the watch over all the others.
process.on("unhandledRejection", (reason) => terminal.complain(`${surpriseWords(reason)}\n`));
process.on("uncaughtException", (error) => {
  terminal.complain(`${surpriseWords(error)}\n`);
  process.exit(COULD_NOT_RUN);
});

const code = await runCli(process.argv.slice(2), terminal, realSurroundings(process.env));
// A probe that hangs must not keep the program alive; but what was printed must have arrived.
await new Promise<void>((resolve) => {
  process.stdout.write("", () => resolve());
});
process.exit(code);
