import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScratchTree, scratchTree } from "./scratch-tree.ts";

const use = (name: string): string => `import * as it from "${name}";\nexport const seen = it;\n`;
const lazily = (name: string): string => `export const load = () => import("${name}");\n`;
const imports = "noRestrictedImports";

const wrong: readonly (readonly [title: string, path: string, text: string, rule: string])[] = [
  ["electron in the HTTP host", "main/hosts/http/wrong-a.ts", use("electron"), imports],
  ["menubar in an adapter", "main/adapters/files/wrong-b.ts", use("menubar"), imports],
  ["electron in the renderer", "renderer/lib/wrong-c.ts", use("electron"), imports],
  ["execa in a host", "main/hosts/cli/wrong-d.ts", use("execa"), imports],
  ["execa in the catalogue", "main/catalog/probes/command/wrong-e.ts", use("execa"), imports],
  ["execa, loaded lazily, in another adapter", "main/adapters/files/wrong-f.ts", lazily("execa"), imports],
  ["child processes in another adapter", "main/adapters/machine/wrong-g.ts", use("node:child_process"), imports],
  ["keytar in the Electron host", "main/hosts/electron/wrong-h.ts", lazily("keytar"), imports],
  ["keytar in core", "main/core/engine/wrong-i.ts", use("keytar"), imports],
  ["ws in the catalogue", "main/catalog/probes/websocket/wrong-j.ts", use("ws"), imports],
  ["ws in the HTTP host", "main/hosts/http/wrong-k.ts", use("ws"), imports],
  ["yaml in a stack", "main/catalog/stacks/some/wrong-l.ts", use("yaml"), imports],
  ["json5 in core", "main/core/engine/wrong-m.ts", use("json5"), imports],
  ["json5 in a probe", "main/catalog/probes/config-file/wrong-n.ts", use("json5"), imports],
  ["preact in main", "main/hosts/http/wrong-o.ts", use("preact/hooks"), imports],
  ["an adapter that decides", "main/adapters/files/wrong-p.ts", use("../../core/engine/redact.ts"), imports],
  ["the wall clock in core", "main/core/engine/wrong-q.ts", "export const now = Date.now();\n", "noRestrictedGlobals"],
  [
    "a timer in the catalogue",
    "main/catalog/probes/http/wrong-r.ts",
    "export const timer = setTimeout(() => {}, 1);\n",
    "noRestrictedGlobals",
  ],
  ["the environment in a stack", "main/catalog/stacks/some/wrong-s.ts", "export const home = process.env;\n", "noRestrictedGlobals"],
  ["Node in core", "main/core/engine/wrong-t.ts", use("node:fs"), "noNodejsModules"],
  ["Node in the renderer", "renderer/lib/wrong-u.ts", use("node:fs"), "noNodejsModules"],
  [
    "an import cycle",
    "main/core/engine/wrong-v.ts",
    'import { two } from "./wrong-w.ts";\nexport const one = (): number => two();\n',
    "noImportCycles",
  ],
  [
    "a floating promise",
    "main/hosts/http/wrong-x.ts",
    "async function later(): Promise<number> {\n  return 1;\n}\nexport function go(): void {\n  later();\n}\n",
    "noFloatingPromises",
  ],
  ["a default export", "main/core/engine/wrong-y.ts", "export default 1;\n", "noDefaultExport"],
  ["printing in a host that has no terminal", "main/hosts/http/wrong-z.ts", 'console.log("seen");\n', "noConsole"],
  ["a file name in camel case", "main/core/engine/wrongName.ts", "export const one = 1;\n", "useFilenamingConvention"],
  ["any", "main/core/engine/wrong-any.ts", "export const one = (value: any): string => value;\n", "noExplicitAny"],
  ["a focused test", "tests/wrong.test.ts", 'import { it } from "vitest";\nit.only("runs alone", () => {});\n', "noFocusedTests"],
  ["a skipped test", "tests/wrong-skip.test.ts", 'import { it } from "vitest";\nit.skip("never runs", () => {});\n', "noSkippedTests"],
];

const right: Readonly<Record<string, string>> = {
  "main/hosts/electron/right-a.ts": use("electron") + use("menubar").replaceAll("it", "bar").replace("seen", "shown"),
  "preload/right-b.ts": use("electron"),
  "main/adapters/command-runner/right-c.ts": lazily("execa"),
  "main/adapters/secret-store/right-d.ts": lazily("keytar"),
  "main/adapters/websocket-client/right-e.ts": use("ws"),
  "main/adapters/settings/right-f.ts": use("yaml"),
  "main/catalog/stacks/some/right-g.ts": use("json5"),
  "renderer/lib/right-h.ts": use("preact"),
  "main/hosts/cli/right-i.ts": 'console.log("seen");\n',
  "main/adapters/clock/right-j.ts":
    'import { hostname } from "node:os";\nexport const now = (): string => hostname() + String(Date.now());\n',
  "tests/e2e/right-k.ts": use("ws"),
};

type Report = { readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[] };

let tree: ScratchTree;
const found = new Map<string, string[]>();

beforeAll(() => {
  tree = scratchTree(["build/lint.jsonc", "package.json", "tsconfig.json"]);
  tree.write({ ...right, ...Object.fromEntries(wrong.map(([, path, text]) => [path, text])) });
  tree.write({ "main/core/engine/wrong-w.ts": 'import { one } from "./wrong-v.ts";\nexport const two = (): number => one();\n' });
  tree.write({ "main/core/engine/redact.ts": "export const redact = (text: string): string => text;\n" });
  const { text } = tree.run("biome", ["lint", "--config-path=build/lint.jsonc", "--reporter=json", "--max-diagnostics=500", "."]);
  const report = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as Report;
  for (const { category, location } of report.diagnostics) {
    const path = location.path.replace(/^\.\//, "");
    found.set(path, [...(found.get(path) ?? []), category]);
  }
}, 120_000);

afterAll(() => tree.remove());

describe("lint rules", () => {
  it.each(wrong)("refuse %s", (_, path, __, rule) => {
    expect((found.get(path) ?? []).map((category) => category.split("/").at(-1))).toContain(rule);
  });

  it.each(Object.keys(right))("accept %s", (path) => {
    const fences = /noRestricted|noNodejsModules|noConsole|noImportCycles|noFloatingPromises/;
    expect((found.get(path) ?? []).filter((category) => fences.test(category))).toEqual([]);
  });
});
