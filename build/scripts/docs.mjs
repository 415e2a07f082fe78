// `npm run docs`: writes the pages that are generated from the catalogue. A test compares them with what it would write.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, node24, root } from "./ensure.mjs";

ensureInstalled();
const program = `
  import { writeFileSync } from "node:fs";
  import { stacks } from "./main/catalog/stacks/index.ts";
  import { symptomsPage } from "./build/symptoms-page.ts";
  writeFileSync(${JSON.stringify(join(root, "docs", "symptoms.md"))}, symptomsPage(stacks));
`;
const ran = spawnSync(node24(), ["--input-type=module-typescript", "-e", program], { cwd: root, stdio: "inherit" });
process.exit(ran.status ?? 3);
