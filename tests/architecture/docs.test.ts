import { describe, expect, it } from "vitest";
import { symptomsPage } from "../../build/symptoms-page.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { readText } from "../support/files.ts";

describe("the page of symptoms", () => {
  it("is what the catalogue says now (npm run docs writes it)", () => {
    expect(readText("docs/symptoms.md") === symptomsPage(stacks)).toBe(true);
  });

  it.each([
    ["O", 48],
    ["G", 20],
  ])("has every row %s1 to %s%i of the acceptance list", (letter, last) => {
    const page = readText("docs/symptoms.md");
    const missing = Array.from({ length: last }, (_, i) => `${letter}${i + 1}`).filter((id) => !page.includes(`\n| ${id} | `));
    expect(missing).toEqual([]);
  });
});
