import { describe, expect, it } from "vitest";
import { compareFindings, type Wrong } from "./monotone.ts";

const wrong = (...codes: readonly string[]): readonly Wrong[] =>
  codes.map((word) => ({
    code: word.replace(/[!~-]$/, ""),
    light: word.endsWith("!") ? "red" : word.endsWith("~") ? "green" : word.endsWith("-") ? "grey" : "amber",
  }));
const kinds = [{ code: "gate.down", explains: ["channel.*", "auth.lost"] }, { code: "port.held" }];

describe("whether a repair made things better", () => {
  it.each<[string, readonly Wrong[], readonly Wrong[], string, string]>([
    ["nothing was wrong, nothing is", [], [], "same", "As before"],
    ["the same is wrong", wrong("a", "b!"), wrong("b!", "a"), "same", "As before"],
    ["one is gone", wrong("a", "b"), wrong("b"), "better", "1 problem less"],
    ["all are gone", wrong("a", "b"), [], "better", "2 problems less"],
    ["one is milder", wrong("a!"), wrong("a"), "better", "1 problem milder"],
    ["one is worse", wrong("a"), wrong("a!"), "worse", "1 problem worse than before"],
    ["one is new", wrong("a"), wrong("a", "b"), "worse", "1 problem new"],
    ["one is gone and another came: not monotone", wrong("a"), wrong("b"), "worse", "1 problem less, 1 problem new"],
    ["notes come and go", wrong("a~"), wrong("b~", "c-"), "same", "As before"],
    ["a note became a problem", wrong("a~"), wrong("a"), "worse", "1 problem new"],
  ])("%s", (_what, before, after, trend, sentence) => {
    expect(compareFindings(before, after)).toMatchObject({ trend, sentence });
  });

  it("does not blame a repair for what could only be seen after it", () => {
    const seen = compareFindings(wrong("gate.down!", "port.held"), wrong("port.held", "channel.mute"), kinds);
    expect(seen).toMatchObject({ trend: "better", gone: ["gate.down"], uncovered: ["channel.mute"], appeared: [] });
    expect(seen.sentence).toBe("1 problem less, 1 problem seen only now, because something stood before it");
  });

  it("blames it for what nothing stood before", () => {
    expect(compareFindings(wrong("gate.down!"), wrong("disk.full"), kinds)).toMatchObject({ trend: "worse", appeared: ["disk.full"] });
    // What hid it is still there, so it was not hidden.
    expect(compareFindings(wrong("gate.down!"), wrong("gate.down!", "auth.lost"), kinds)).toMatchObject({
      trend: "worse",
      appeared: ["auth.lost"],
    });
  });

  it("names everything by code, for a receipt", () => {
    expect(compareFindings(wrong("a!", "b", "c"), wrong("a", "b!", "d"))).toMatchObject({
      gone: ["c"],
      eased: ["a"],
      worsened: ["b"],
      appeared: ["d"],
    });
  });

  it("calls a chain of repairs monotone only when each is better or the same", () => {
    const states = [wrong("a", "b", "c!"), wrong("a", "b"), wrong("a", "b"), wrong("b"), []];
    const trends = states.slice(1).map((after, index) => compareFindings(states[index] ?? [], after).trend);
    expect(trends).toEqual(["better", "same", "better", "better"]);
  });
});
