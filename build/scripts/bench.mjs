// `npm run bench`: measures against the budgets and prints the ratios; see tests/bench/main.ts.
import { join } from "node:path";
import { calmFlags, ensureInstalled, node24, root, toolEnvironment } from "./ensure.mjs";
import { replaceBy } from "./replace.mjs";

ensureInstalled();
// What people run is measured, so that is built first.
const { buildBundle } = await import("./bundles.mjs");
for (const name of ["cli", "bench"]) await buildBundle(name);
replaceBy(node24(), [...calmFlags, join(root, "tests", "bench", "main.ts"), ...process.argv.slice(2)], { env: toolEnvironment() });
