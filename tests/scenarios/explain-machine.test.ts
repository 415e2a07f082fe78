import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { explain } from "../../main/core/engine/explain.ts";

const root = new URL("../..", import.meta.url).pathname;
const samples = join(root, "../shared/samples");
const shared = existsSync(join(samples, "expect.json"));

type Outcome = { readonly sample: string; readonly wanted: readonly string[]; readonly got: readonly string[] };

function outcomes(): readonly Outcome[] {
  const expectations: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(join(samples, "expect.json"), "utf8"));
  return Object.entries(expectations)
    .filter(([sample]) => sample.startsWith("system/"))
    .map(([sample, wanted]) => ({ sample, wanted, got: explain(readFileSync(join(samples, sample), "utf8"), stacks)[0]?.symptoms ?? [] }));
}

// The recorded outputs lie beside the project and are not part of it; without them there is nothing to compare with.
describe.runIf(shared)("explain on recorded outputs of the system's own tools (needs samples)", () => {
  it("puts one of the right symptoms first for at least 95 in 100", () => {
    const faults = outcomes().filter((one) => one.wanted.length > 0);
    const wrong = faults.filter(({ wanted, got }) => !got.some((id) => wanted.includes(id)));
    expect(faults.length).toBeGreaterThan(40);
    expect(wrong.length / faults.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05);
  });

  it("says nothing about healthy and idle ones", () => {
    const healthy = outcomes().filter((one) => one.wanted.length === 0);
    expect(healthy.length).toBeGreaterThan(15);
    expect(healthy.filter((one) => one.got.length > 0)).toEqual([]);
  });
});

function filesBelow(folder: string, ending: RegExp, limit: number): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < 300_000)
    .slice(0, limit);
}

const mistaken = (paths: readonly string[], only: string): readonly string[] =>
  paths.filter((path) => explain(readFileSync(path, "utf8"), stacks, only).length > 0);

describe("explain on text that is nobody's error", () => {
  it("says nothing about this project's own source", () => {
    const own = filesBelow(join(root, "main"), /(?<!\.test)\.ts$/, 2_000);
    expect(own.length).toBeGreaterThan(30);
    expect(mistaken(own, "machine")).toEqual([]);
  });

  it("says nothing about the documents and sources of other packages", () => {
    const others = filesBelow(join(root, "node_modules"), /\.(?:md|txt|mjs|d\.ts)$/, 1_500);
    expect(others.length).toBeGreaterThan(200);
    expect(mistaken(others, "machine")).toEqual([]);
  });
});
