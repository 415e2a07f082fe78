// `npm run bench`: measures against the budgets and prints the ratios; see tests/bench/main.ts.
import { join } from "node:path";
import { ensureInstalled, node24, root, toolEnvironment } from "./ensure.mjs";
import { replaceBy } from "./replace.mjs";

ensureInstalled();
replaceBy(node24(), [join(root, "tests", "bench", "main.ts"), ...process.argv.slice(2)], { env: toolEnvironment() });
