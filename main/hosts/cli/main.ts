import { realSurroundings } from "./real-surroundings.ts";
import { runCli } from "./run-cli.ts";
import { processTerminal } from "./terminal.ts";

const code = await runCli(process.argv.slice(2), processTerminal(process), realSurroundings(process.env));
// A probe that hangs must not keep the program alive; but what was printed must have arrived.
await new Promise<void>((resolve) => {
  process.stdout.write("", () => resolve());
});
process.exit(code);
