import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingKind } from "../model/finding.ts";
import { foldFollowers, type Present } from "./root-cause.ts";

const kind = (code: string, layer: number, explains: readonly string[] = []): FindingKind => ({
  code,
  symptoms: [],
  light: "red",
  layer,
  title: code,
  detail: code,
  explains,
  runbook: "",
});
const present = (code: string, layer: number, explains: readonly string[] = [], light: Present["light"] = "red"): Present => ({
  kind: kind(code, layer, explains),
  light,
});

describe("folding followers", () => {
  it("puts a consequence under its cause", () => {
    const folded = foldFollowers([present("s.http.refused", 5), present("s.gateway.down", 2, ["s.http.refused"])]);
    expect(folded).toEqual([
      { code: "s.gateway.down", root: true, followers: ["s.http.refused"] },
      { code: "s.http.refused", root: false, followers: [] },
    ]);
  });

  it("follows a chain up to the first cause", () => {
    const folded = foldFollowers([
      present("s.auth.failed", 6),
      present("s.gateway.down", 2, ["s.auth.*"]),
      present("s.config.broken", 4, ["s.gateway.down"]),
    ]);
    expect(folded[0]).toEqual({ code: "s.config.broken", root: true, followers: ["s.gateway.down", "s.auth.failed"] });
  });

  it("lists a consequence of two causes under both", () => {
    const folded = foldFollowers([present("s.c", 6), present("s.a", 1, ["s.c"]), present("s.b", 2, ["s.c"])]);
    expect(folded.filter((f) => f.root).map((f) => f.followers)).toEqual([["s.c"], ["s.c"]]);
  });

  it("settles two findings that explain each other by layer", () => {
    const folded = foldFollowers([present("s.high", 7, ["s.low"]), present("s.low", 2, ["s.high"])]);
    expect(folded.map((f) => [f.code, f.root])).toEqual([
      ["s.low", true],
      ["s.high", false],
    ]);
  });

  it("orders roots by light before layer", () => {
    const folded = foldFollowers([present("s.note", 0, [], "amber"), present("s.bad", 9, [], "red")]);
    expect(folded.map((f) => f.code)).toEqual(["s.bad", "s.note"]);
  });

  it("lets a note explain nothing, not even a note", () => {
    const folded = foldFollowers([present("s.note", 1, ["s.bad"], "green"), present("s.bad", 6)]);
    expect(folded).toEqual([
      { code: "s.bad", root: true, followers: [] },
      { code: "s.note", root: true, followers: [] },
    ]);
  });

  it("always leaves a root, whatever explains what, and never puts a follower before a root", () => {
    const arbitrary = fc
      .uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 })
      .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.integer({ min: 0, max: 9 }), fc.subarray(ids)))));
    fc.assert(
      fc.property(arbitrary, (specs) => {
        const folded = foldFollowers(
          specs.map(([id, layer, targets]) =>
            present(
              `s.n${id}`,
              layer,
              targets.map((t) => `s.n${t}`),
            ),
          ),
        );
        expect(folded).toHaveLength(specs.length);
        expect(folded[0]?.root).toBe(true);
        const firstFollower = folded.findIndex((f) => !f.root);
        if (firstFollower >= 0) expect(folded.slice(firstFollower).every((f) => !f.root)).toBe(true);
      }),
    );
  });
});
