// `npm run -s cli -- ARGS`: the command line host, straight from source, on Node 24. Adds no output of its own.
import { join } from "node:path";
import { calmFlags, ensureInstalled, node24, ownEnvironment, root } from "./ensure.mjs";
import { replaceBy } from "./replace.mjs";

ensureInstalled();
// npm runs scripts in the repository; relative paths the person typed belong to the folder they typed them in.
const throughNpm = ["cli", "demo"].includes(process.env.npm_lifecycle_event ?? "");
const cwd = (throughNpm && process.env.INIT_CWD) || process.cwd();
replaceBy(node24(), [...calmFlags, join(root, "main", "hosts", "cli", "main.ts"), ...process.argv.slice(2)], {
  cwd,
  env: ownEnvironment(),
});
