import { describe, expect, it } from "vitest";
import { type Confirmation, confirm, isUnsettled } from "./confirm.ts";

const rules = { needed: (code: string) => (code === "auth" ? 1 : 3), clearAfter: 2, roundMs: 700 };
const play = (rounds: readonly (readonly [atMs: number, ...codes: string[]])[]): ReadonlyMap<string, Confirmation> =>
  rounds.reduce<ReadonlyMap<string, Confirmation>>((memory, [at, ...codes]) => confirm(memory, new Set(codes), at, rules), new Map());

describe("confirming a finding", () => {
  it("is soft at first and hard after three rounds", () => {
    expect(play([[0, "down"]]).get("down")?.state).toBe("soft");
    expect(
      play([
        [0, "down"],
        [1000, "down"],
      ]).get("down")?.state,
    ).toBe("soft");
    expect(
      play([
        [0, "down"],
        [1000, "down"],
        [4000, "down"],
      ]).get("down"),
    ).toMatchObject({ state: "hard", since: 0, seen: 3 });
  });

  it("goes on counting when the clock was set back", () => {
    const broken = [
      [9_000_000, "down"],
      [1_000, "down"],
      [2_000, "down"],
    ] as const;
    expect(play(broken).get("down")?.state).toBe("hard");
    expect(play([...broken, [0], [800]]).has("down")).toBe(false);
  });

  it("takes a structured rejection at its word", () => {
    expect(play([[0, "auth"]]).get("auth")?.state).toBe("hard");
  });

  it("counts results that arrive together as one round", () => {
    expect(
      play([
        [0, "down"],
        [100, "down"],
        [200, "down"],
        [300, "down"],
      ]).get("down"),
    ).toMatchObject({ state: "soft", seen: 1 });
  });

  it("forgets a suspicion that was not repeated", () => {
    const memory = play([[0, "down"], [1000], [2000, "down"]]);
    expect(memory.get("down")).toMatchObject({ state: "soft", seen: 1, since: 2000 });
  });

  it("holds a fact until it is absent twice", () => {
    const hard: readonly (readonly [number, ...string[]])[] = [
      [0, "down"],
      [1000, "down"],
      [4000, "down"],
    ];
    expect(play([...hard, [5000]]).get("down")).toMatchObject({ state: "hard", absent: 1 });
    expect(play([...hard, [5000], [5100]]).get("down")).toMatchObject({ absent: 1 });
    expect(play([...hard, [5000], [6000]]).has("down")).toBe(false);
  });

  it("keeps the first time when a held fact returns", () => {
    expect(play([[0, "auth"], [1000], [2000, "auth"]]).get("auth")).toMatchObject({ state: "hard", since: 0, absent: 0 });
  });

  it("knows what still waits for a repeat", () => {
    const soft = play([[0, "down"]]).get("down");
    const held = play([[0, "auth"], [1000]]).get("auth");
    const hard = play([[0, "auth"]]).get("auth");
    expect([soft, held, hard].map((c) => c !== undefined && isUnsettled(c))).toEqual([true, true, false]);
  });
});
