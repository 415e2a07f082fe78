import { describe, expect, it } from "vitest";
import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { commandsOf } from "../../main/core/model/effect-text.ts";
import type { Plan, PlannedEffect } from "../../main/core/model/plan.ts";
import { type Fault, faults } from "../support/openclaw-faults.ts";
import { lookWith } from "../support/openclaw-faults-look.ts";

const argvOf = (planned: PlannedEffect): readonly string[] =>
  planned.effect.do === "run-command" ? [planned.effect.argv.join(" ")] : [planned.effect.do, ...commandsOf(planned)];

const words = ({ effects }: Plan): string => effects.map((planned) => [...argvOf(planned), planned.preview].join("\n")).join("\n");

const platformsOf = ({ platform }: Fault): readonly ("macos" | "linux")[] => (platform === undefined ? ["macos", "linux"] : [platform]);

const cases = faults.flatMap((fault) => platformsOf(fault).map((platform) => ({ ...fault, platform, fault })));

describe("a healthy, paired gateway", () => {
  it.each(["macos", "linux"] as const)("is green on %s, and nothing is said about it", async (platform) => {
    const { light, state, told } = await lookWith([], platform);
    expect(state.checks.filter((one) => one.drivesLight && one.light !== "green")).toEqual([]);
    expect([light, state.light, state.findings]).toEqual(["green", "green", []]);
    expect(told).not.toContain(DEMO_TOKEN);
  });
});

describe("every row of the catalogue, injected into a healthy gateway", () => {
  it.each(cases)("$row on $platform: $title", async ({ fault, platform, row, code, light, evidence, step }) => {
    const seen = await lookWith([fault], platform);
    const [first] = seen.roots;
    expect([first?.code, first?.symptoms.includes(row), seen.light]).toEqual([code, true, light]);
    expect(first?.evidence.map((one) => one.text).join("\n")).toMatch(evidence);
    expect(first?.title).not.toMatch(/[{}]| {2}|undefined/);
    expect(first?.detail).not.toMatch(/[{}]|undefined/);

    expect(seen.plans.length).toBeGreaterThan(0);
    expect(seen.plans.map(words).join("\n")).toMatch(step);
    for (const plan of seen.plans) expect(plan.effects.map(({ effect }) => effect.do)).toContain("recheck");
    expect(seen.told).not.toContain(DEMO_TOKEN);
    expect(seen.told).not.toContain("former-token");
  });

  it("covers all rows that are faults", () => {
    const covered = new Set(faults.map((one) => one.row));
    const rows = Array.from({ length: 48 }, (_, index) => `O${index + 1}`);
    // The cross-validation is a tool that somebody runs; it is proven beside the other slow looks.
    expect(rows.filter((row) => !covered.has(row))).toEqual(["O41"]);
  });
});
