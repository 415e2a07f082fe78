import { describe, expect, it } from "vitest";
import type { Raised } from "../model/finding.ts";
import { gather, type Source } from "./gather.ts";

const raised = (text: string, change: Partial<Raised> = {}): Raised => ({ code: "s.a", evidence: [{ source: "x", text }], ...change });
const source = (one: Raised, change: Partial<Source> = {}): Source => ({ raised: [one], at: 10, deep: false, ...change });
const lit = (...sources: readonly Source[]) => gather(sources, () => "red").get("s.a");

describe("a finding that several sources raise", () => {
  it("keeps the evidence of each once, the newest time, and every value for its words", () => {
    const told = lit(
      source(raised("one", { params: { port: 1 }, ruledOut: ["this"] })),
      source({ ...raised("two", { params: { port: 2, name: "b" }, ruledOut: ["this", "that"] }) }, { at: 12 }),
      source(raised("one")),
    );
    expect(told?.raised.evidence.map((one) => one.text)).toEqual(["one", "two"]);
    expect([told?.at, told?.raised.params, told?.raised.ruledOut]).toEqual([12, { port: 1, name: "b" }, ["this", "that"]]);
  });

  it("has the worst light, and who names none means the one of its kind", () => {
    expect(lit(source(raised("one", { light: "amber" })))?.raised.light).toBe("amber");
    expect(lit(source(raised("one", { light: "amber" })), source(raised("two")))?.raised.light).toBe("red");
    expect(lit(source(raised("one")), source(raised("two", { light: "amber" })))?.raised.light).toBe("red");
  });

  it("gets evidence from the slow lane, but no worse light", () => {
    const slow = source(raised("slow"), { deep: true });
    const quick = source(raised("quick", { light: "amber" }));
    for (const told of [lit(slow, quick), lit(quick, slow)]) expect([told?.raised.light, told?.deep]).toEqual(["amber", false]);
    expect(lit(slow)).toMatchObject({ deep: true, raised: { light: "red" } });
  });
});
