import { describe, expect, it } from "vitest";
import { fixedSettings } from "./adapters/settings/fixed-settings.ts";
import type { SettingsIssue } from "./core/ports/settings.ts";
import { tellMisplaced } from "./misplaced-settings.ts";

/** What is told of each section: `name` or `name.key`, and the sentence. */
function told(sections: Readonly<Record<string, unknown>>): readonly string[] {
  const rejected = new Map<string, readonly SettingsIssue[]>();
  tellMisplaced({ ...fixedSettings(sections), reject: (section, issues) => void rejected.set(section, issues) }, ["one", "two"]);
  expect([...rejected.keys()]).toEqual(["stacks", "one", "two"]);
  return [...rejected].flatMap(([name, issues]) => issues.map(({ path, message }) => `${[name, ...path].join(".")}: ${message}`));
}

describe("settings in the wrong place", () => {
  it.each([{}, { stacks: null }, { stacks: {} }, { stacks: { one: { port: 1 }, two: null } }])("are not seen in %j", (sections) =>
    expect(told(sections)).toEqual([]),
  );

  it("are named when the stack is unknown, with those that are known", () => {
    expect(told({ stacks: { onne: {}, two: {} } })).toEqual(["stacks.onne: There is no such stack; known are one, two"]);
  });

  it("are named when they stand beside the stacks", () => {
    expect(told({ two: { port: 1 } })).toEqual(["two: Nobody reads this here. It belongs below stacks"]);
  });

  it.each([5, "one", ["one"]])("are named when %j stands for all stacks", (stacks) => {
    expect(told({ stacks })).toEqual(["stacks: Must hold a section for each stack (one, two)"]);
  });
});
