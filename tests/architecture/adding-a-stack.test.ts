import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText } from "../support/files.ts";
import { type ScratchTree, scratchTree } from "./scratch-tree.ts";

/** Code blocks of the page that say which file they are. */
const blocks = [...readText("docs/adding-a-stack.md").matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
  ([, path = "", text = ""]): [string, string] => [path, text],
);

let tree: ScratchTree;

beforeAll(() => {
  tree = scratchTree(["main", "build", "package.json", "tsconfig.json"]);
  tree.write(Object.fromEntries(blocks));
});
afterAll(() => tree.remove());

describe("the example in docs/adding-a-stack.md", () => {
  it("is a whole folder with its test", () => {
    expect(blocks.map(([path]) => path)).toContain("main/catalog/stacks/pigeon/index.ts");
    expect(blocks.filter(([path]) => path.endsWith(".test.ts"))).toHaveLength(1);
  });

  it("compiles in its layer", () => {
    const { text } = tree.run("tsc", ["-b", "main/catalog", "--pretty", "false"]);
    expect(text.split("\n").filter((line) => line.includes("/pigeon/"))).toEqual([]);
  });

  it("passes the lint rules, formatting included", () => {
    const run = tree.run("biome", ["check", "--config-path=build/lint.jsonc", "main/catalog/stacks/pigeon"]);
    expect(run.code, run.text).toBe(0);
  });

  it("passes its own test", () => {
    const run = tree.run("vitest", ["run", "--root", ".", "main/catalog/stacks/pigeon"]);
    expect(run.code, run.text).toBe(0);
    expect(run.text).toMatch(/3 passed/);
  });
});
