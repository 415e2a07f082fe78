import { describe, expect, it } from "vitest";
import { aFinding, aSnapshot, aStack, crowded, red } from "../../tests/support/snapshots.ts";
import { arrange, keyOf, placeAll, rootKeys } from "./cards.ts";

describe("incident cards", () => {
  it("are made for root causes only; followers are told inside them", () => {
    expect(rootKeys(red)).toEqual([keyOf("openclaw", "openclaw.auth.token-mismatch")]);
    expect(Object.keys(placeAll(red))).toHaveLength(5);
  });

  it("put the worst first and keep the core's order among equals, so that the first is what the headline says", () => {
    expect(rootKeys(crowded)).toEqual([
      keyOf("openclaw", "openclaw.auth.token-mismatch"),
      keyOf("nanoclaw", "machine.service-unit.crash-loop"),
      keyOf("machine", "machine.memory.killed"),
    ]);
  });

  it("put the machine under the stacks last among equals", () => {
    const snapshot = aSnapshot([
      aStack({ id: "machine", ground: true, findings: [aFinding({ code: "machine.a" })] }),
      aStack({ id: "one", findings: [aFinding({ code: "one.b" })] }),
    ]);
    expect(rootKeys(snapshot)).toEqual([keyOf("one", "one.b"), keyOf("machine", "machine.a")]);
  });

  it("are not made for green notes", () => {
    const snapshot = aSnapshot([aStack({ id: "one", findings: [aFinding({ code: "one.note", light: "green" })] })]);
    expect(rootKeys(snapshot)).toEqual([]);
  });

  it("stay exactly as they are while held", () => {
    const shown = ["a", "b"];
    expect(arrange(shown, ["c", "a"], true)).toBe(shown);
    expect(arrange(shown, ["c", "a"], false)).toEqual(["c", "a"]);
  });
});
