import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScratchTree, scratchTree } from "./scratch-tree.ts";

const clock = 'import type { Clock } from "CORE/ports/clock.ts";\nexport const later = (clock: Clock): number => clock.nowMs() + 1;\n';
const from = (core: string): string => clock.replace("CORE", core);

/** What each layer may do: must compile, or the fence would merely be refusing everything. */
const right: Readonly<Record<string, string>> = {
  "main/core/engine/right-core.ts": from(".."),
  "main/catalog/probes/right-catalog.ts": from("../../core"),
  "main/adapters/clock/right-adapter.ts": `import { hostname } from "node:os";\n${from("../../core")}export const name = hostname();\n`,
  "main/hosts/http/right-host.ts": `import { defineProbe } from "../../core/model/check.ts";\nexport const bind = defineProbe;\nsetTimeout(() => {}, 1);\n`,
  "renderer/lib/right-renderer.ts":
    'import { contract } from "../../main/core/contract/index.ts";\nexport const names = Object.keys(contract).concat(document.title);\n',
};

/** What the wrong files import. Not the files above: a wrongly imported file is checked as part of the wrong layer too. */
const targets: Readonly<Record<string, string>> = {
  "main/catalog/probes/target-catalog.ts": "export const known = 1;\n",
  "main/adapters/clock/target-adapter.ts": "export const done = 1;\n",
  "main/hosts/http/target-host.ts": "export const shown = 1;\n",
};

const importing = (target: string): string => `import * as wrong from "${target}";\nexport const seen = wrong;\n`;

/** Each wrong file with the error it must cause. TS6307: the file belongs to a layer that this one does not reference. */
const wrong: readonly (readonly [title: string, path: string, text: string, error: RegExp])[] = [
  ["core imports an adapter", "main/core/engine/wrong-a.ts", importing("../../adapters/clock/target-adapter.ts"), /TS6307/],
  ["core imports the catalogue", "main/core/engine/wrong-b.ts", importing("../../catalog/probes/target-catalog.ts"), /TS6307/],
  ["the catalogue imports an adapter", "main/catalog/probes/wrong-c.ts", importing("../../adapters/clock/target-adapter.ts"), /TS6307/],
  ["an adapter imports the catalogue", "main/adapters/clock/wrong-d.ts", importing("../../catalog/probes/target-catalog.ts"), /TS6307/],
  ["an adapter imports a host", "main/adapters/clock/wrong-e.ts", importing("../../hosts/http/target-host.ts"), /TS6307/],
  ["the renderer imports a host", "renderer/lib/wrong-f.ts", importing("../../main/hosts/http/target-host.ts"), /TS6307/],
  ["the renderer imports an adapter", "renderer/lib/wrong-g.ts", importing("../../main/adapters/clock/target-adapter.ts"), /TS6307/],
  ["preload imports an adapter", "preload/wrong-h.ts", importing("../main/adapters/clock/target-adapter.ts"), /TS6307/],
  ["core reads a file", "main/core/engine/wrong-i.ts", importing("node:fs"), /TS(2307|2591)/],
  ["core reads the environment", "main/core/engine/wrong-j.ts", "export const home = process.env;\n", /TS(2304|2580|2591)/],
  ["core sets a timer", "main/core/engine/wrong-k.ts", "export const timer = setTimeout(() => {}, 1);\n", /TS(2304|2552|2580)/],
  ["core prints", "main/core/engine/wrong-l.ts", 'console.log("seen");\nexport {};\n', /TS(2304|2584)/],
  ["the catalogue fetches", "main/catalog/probes/wrong-m.ts", 'export const page = fetch("http://127.0.0.1");\n', /TS(2304|2552)/],
  ["the catalogue touches the page", "main/catalog/probes/wrong-n.ts", "export const page = document.title;\n", /TS(2304|2584)/],
  ["the catalogue uses a Buffer", "main/catalog/probes/wrong-o.ts", "export const bytes = Buffer.from([]);\n", /TS(2304|2580|2591)/],
  ["a host touches the page", "main/hosts/http/wrong-p.ts", "export const page = document.title;\n", /TS(2304|2584)/],
  ["the renderer reads a file", "renderer/lib/wrong-q.ts", importing("node:fs"), /TS(2307|2591)/],
];

let tree: ScratchTree;
let lines: string[] = [];

beforeAll(() => {
  tree = scratchTree(["main", "preload", "renderer", "build", "package.json", "tsconfig.json"]);
  tree.write({ ...right, ...targets, ...Object.fromEntries(wrong.map(([, path, text]) => [path, text])) });
  lines = tree.run("tsc", ["-b", "build/tsconfig.layers.json", "--pretty", "false"]).text.split("\n");
}, 240_000);

afterAll(() => tree.remove());

describe("project references", () => {
  it.each(wrong)("fail when %s", (_, path, __, error) => {
    const mine = lines.filter((line) => line.startsWith(`${path}(`));
    expect(
      mine.some((line) => error.test(line)),
      mine.join("\n") || "no error at all",
    ).toBe(true);
  });

  it.each(Object.keys(right))("accept %s", (path) => {
    expect(lines.filter((line) => line.startsWith(`${path}(`))).toEqual([]);
  });
});

describe("the whole-program check", () => {
  it("sees every part, also what no layer contains", () => {
    const mistakes = [
      "main/hosts/http/mistake.ts",
      "renderer/parts/mistake.tsx",
      "preload/mistake.ts",
      "tests/support/mistake.ts",
      "build/mistake.ts",
    ];
    tree.write(Object.fromEntries(mistakes.map((path) => [path, 'export const count: number = "one";\n'])));
    const run = tree.run("tsc", ["--noEmit", "--pretty", "false"]);
    expect(mistakes.filter((path) => !run.text.includes(`${path}(1,14): error TS2322`))).toEqual([]);
    expect(run.code).not.toBe(0);
  }, 120_000);
});
