import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readText } from "../support/files.ts";

/** Everything that is loaded together with a source file: what it imports by a statement, and so on; `import()` and types are not. */
function loadedWith(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, path] of readText(entry).matchAll(/^(?:import|export)\s(?!type\b)[^;"]*?from "(\.[^"]+)";/gm))
    loadedWith(join(dirname(entry), path ?? ""), seen);
  return seen;
}

const acts = [
  "main/adapters/file-changes/",
  "main/adapters/journal/",
  "main/adapters/locks/",
  "main/adapters/process-control/",
  "main/adapters/service-manager/launchctl-control.ts",
  "main/adapters/service-manager/systemd-control.ts",
  "main/adapters/watchdogs/",
  "main/core/contract/index.ts",
  "main/core/model/plan.ts",
  "main/core/model/receipt.ts",
  "main/repair/repair-runs.ts",
  "main/repair/repairs.ts",
  "main/repair/run-plan.ts",
  "main/repair/target-books.ts",
];

it.each(["main/app.ts", "main/hosts/ports.ts"])("%s brings nothing along that only acts", (entry) => {
  const loaded = [...loadedWith(entry)];
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((path) => acts.some((part) => path.startsWith(part)))).toEqual([]);
});

it("follows statements through several files, and finds what is loaded", () => {
  expect(loadedWith("main/repair/repairs.ts")).toContain("main/repair/run-plan.ts");
  expect(loadedWith("main/app.ts")).toContain("main/repair/deliberate-stops.ts");
  expect(loadedWith("main/app.ts")).toContain("main/core/engine/evaluate.ts");
});
