import { describe, expect, it } from "vitest";
import { at, entries, firstJson, flag, items, lookUp, moment, number, oneLine, parseJson, record, records, text, texts } from "./loose.ts";

describe("reading JSON of a program we do not own", () => {
  const answer = { gateway: { port: 18789, auth: { mode: "token" } }, list: [1, { a: 1 }, null, "x"], empty: "" };

  it("follows a path and gives undefined where it breaks off", () => {
    expect(at(answer, "gateway", "auth", "mode")).toBe("token");
    expect([at(answer, "gateway", "nope", "mode"), at(null, "x"), at("text", "length"), at([1], "0")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("never follows inherited names", () => {
    expect([at({}, "constructor"), at(JSON.parse('{"__proto__":{"x":1}}'), "toString")]).toEqual([undefined, undefined]);
  });

  it("gives only what has the right type", () => {
    expect([text(answer.empty), text(5), number("5"), number(Number.NaN), flag("true"), flag(false)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      false,
    ]);
    expect([items("x"), records(answer.list), texts(answer.list), record([])]).toEqual([[], [{ a: 1 }], ["x"], {}]);
    expect(entries({ a: { b: 1 }, c: 5, d: [] })).toEqual([["a", { b: 1 }]]);
  });

  it("looks up only what a table of ours holds", () => {
    const table = { known: 1 };
    expect(["known", "unknown", "constructor", "__proto__", "hasOwnProperty"].map((name) => lookUp(table, name))).toEqual([
      1,
      ...Array(4).fill(undefined),
    ]);
  });

  it("takes for a moment what a calendar knows", () => {
    expect([0, 1_795_000_000_000, -1, 1e300, Number.NaN, "5", null].map(moment)).toEqual([
      0,
      1_795_000_000_000,
      ...Array(5).fill(undefined),
    ]);
  });

  it("keeps a line short and free of control characters", () => {
    expect(oneLine("a\u0007b\n\n  c")).toBe("a b c");
    expect(oneLine("x".repeat(300), 10)).toBe(`${"x".repeat(9)}…`);
  });

  it("finds the JSON after the noise some commands print first", () => {
    expect(firstJson('Some state could not be verified.\n{\n "ok": true\n}\n')).toEqual({ ok: true });
    expect(firstJson("note\n[1, 2]\ntrailing words")).toEqual([1, 2]);
    expect([firstJson("nothing here"), firstJson("{ broken"), parseJson("nope")]).toEqual([undefined, undefined, undefined]);
  });
});
