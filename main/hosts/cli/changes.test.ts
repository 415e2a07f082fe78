import { describe, expect, it } from "vitest";
import { aCheck, aFinding, aSnapshot, aStack, T0 } from "../../../tests/support/fake-app.ts";
import { changesBetween } from "./changes.ts";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";
import { printChange } from "./print-change.ts";

const calm = aSnapshot();
const withStack = (over: Parameters<typeof aStack>[0]) => aSnapshot({ stacks: [aStack(over)] });

describe("changesBetween", () => {
  it("sees nothing when only ages and times moved", () => {
    const later = aSnapshot({
      at: T0 + 9_000,
      stacks: [aStack({ checks: [aCheck({ ageMs: 9_000, durationMs: 7, summary: "200 in 7 ms" })] })],
    });
    expect(changesBetween(calm, later)).toEqual([]);
  });

  it("tells the whole first, then the stack", () => {
    const broken = aSnapshot({ light: "red", sentence: "Acme is down", stacks: [aStack({ light: "red", sentence: "Acme is down" })] });
    expect(changesBetween(calm, broken)).toEqual([
      { change: "light", light: "red", before: "green", sentence: "Acme is down" },
      { change: "stack", stack: "acme", light: "red", before: "green", sentence: "Acme is down" },
    ]);
  });

  it("follows a finding from its first sight over its confirmation to its end", () => {
    const soft = withStack({ findings: [aFinding({ state: "soft" })] });
    const hard = withStack({ findings: [aFinding()] });
    const names = (a: typeof calm, b: typeof calm) => changesBetween(a, b).map((c) => c.change);
    expect(names(calm, soft)).toEqual(["finding-opened"]);
    expect(names(soft, hard)).toEqual(["finding-confirmed"]);
    expect(names(hard, hard)).toEqual([]);
    expect(names(hard, calm)).toEqual(["finding-closed"]);
  });

  it("names symptoms, code and light of a finding", () => {
    expect(changesBetween(calm, withStack({ findings: [aFinding()] }))[0]).toMatchObject({
      stack: "acme",
      code: "acme.auth.refused",
      symptoms: ["O10"],
      light: "red",
      root: true,
    });
  });

  it("tells a check whose light changed, with the light it had", () => {
    const changed = changesBetween(calm, withStack({ checks: [aCheck({ light: "grey", summary: "no answer" }), aCheck({ id: "new" })] }));
    expect(changed).toEqual([
      { change: "check", stack: "acme", check: "live", light: "grey", before: "green", summary: "no answer" },
      { change: "check", stack: "acme", check: "new", light: "green", summary: "200 in 3 ms" },
    ]);
  });

  it("tells a stack that came and one that went", () => {
    const none = withStack({ installed: false, checks: [] });
    expect(changesBetween(none, calm).map((c) => c.change)).toContain("installed");
    expect(changesBetween(calm, none).map((c) => c.change)).toEqual(["gone"]);
    expect(changesBetween(aSnapshot({ stacks: [] }), calm).map((c) => c.change)).toContain("installed");
  });
});

describe("printChange", () => {
  it("makes one line of each change", () => {
    const page = createPage(paintFor(false), Number.POSITIVE_INFINITY);
    const after = aSnapshot({
      light: "red",
      sentence: "Down",
      stacks: [aStack({ findings: [aFinding()], checks: [aCheck({ light: "red" })] })],
    });
    const changes = [...changesBetween(calm, after), ...changesBetween(after, withStack({ installed: false }))];
    for (const change of changes) printChange(page, change, T0);
    expect(page.lines).toHaveLength(changes.length);
    expect(page.lines.every((line) => /^\d\d:\d\d:\d\d . /.test(line))).toBe(true);
    expect(page.text()).toContain("red (was green): Down");
    expect(page.text()).toContain("new: Acme refuses the shared token (O10 · acme.auth.refused)");
  });
});
