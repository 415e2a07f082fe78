import { describe, expect, it } from "vitest";
import { EXPLAIN_LIMIT } from "../contract/index.ts";
import type { FindingKind } from "../model/finding.ts";
import type { Signature } from "../model/signature.ts";
import { type Explainable, explain } from "./explain.ts";

const kind = (code: string, layer = 3): FindingKind => ({
  code,
  symptoms: ["G10"],
  light: "red",
  layer,
  title: "The port {port} is held",
  detail: "",
  runbook: "Stop it.",
});
const pattern = (code: string, confidence: number, any: readonly RegExp[], rest: Partial<Signature> = {}): Signature =>
  ({ kind: "pattern", code, confidence, any, ...rest }) as Signature;
const stack = (signatures: readonly Signature[], id = "one"): Explainable => ({
  id,
  findings: [...new Set(signatures.map((s) => s.code))].map((code) => kind(code)),
  signatures,
});
const codes = (text: string, ...signatures: readonly Signature[]): string[] => explain(text, [stack(signatures)]).map((m) => m.code);

describe("explain", () => {
  it("gives the words of the finding, the deciding line without its indent, and the stack", () => {
    const [match] = explain("hello\n   EADDRINUSE: 18789\nbye", [stack([pattern("a.held", 0.8, [/EADDRINUSE/])])]);
    expect(match).toEqual({
      code: "a.held",
      symptoms: ["G10"],
      stack: "one",
      confidence: 0.8,
      title: "The port is held",
      line: "EADDRINUSE: 18789",
      runbook: "Stop it.",
    });
  });

  it("says nothing about text that no signature knows, and about no text", () => {
    const known = pattern("a.held", 0.8, [/EADDRINUSE/]);
    expect(codes("All is well.", known)).toEqual([]);
    expect(codes("", known)).toEqual([]);
  });

  it("puts broken lines together when the text says nothing as it stands, and never program text", () => {
    const known = pattern("a.held", 0.8, [/address already in use/]);
    const broken = "The program could not listen: address\nalready in use (127.0.0.1)";
    expect(explain(broken, [stack([known])]).map((m) => m.line)).toEqual([broken.replace("\n", " ")]);
    expect(codes('const words = "it says that the address"\nalready in use', known)).toEqual([]);
  });

  it("puts the surer match first, whatever the order of the table", () => {
    const vague = pattern("a.vague", 0.4, [/failed/]);
    const sure = pattern("a.sure", 0.9, [/start failed/]);
    expect(codes("start failed", vague, sure)).toEqual(["a.sure", "a.vague"]);
  });

  it("prefers the more specific of two equally sure matches, then the one with more hits", () => {
    const plain = pattern("a.plain", 0.8, [/x/]);
    const exact = pattern("a.exact", 0.8, [/x/], { all: [/y/] });
    const often = pattern("a.often", 0.8, [/z/]);
    expect(codes("x\ny\nz\nz", plain, often, exact)).toEqual(["a.exact", "a.often", "a.plain"]);
  });

  it("counts a repeated line as often as it occurs", () => {
    const few = pattern("a.few", 0.8, [/few/]);
    const many = pattern("a.many", 0.8, [/many/]);
    expect(codes("few one\nfew two\nmany\nmany\nmany", few, many)).toEqual(["a.many", "a.few"]);
  });

  it("wants every `all` somewhere and no `not` anywhere in the text", () => {
    const picky = pattern("a.picky", 0.8, [/refused/], { all: [/ssh/], not: [/resolved later/] });
    expect(codes("connection refused", picky)).toEqual([]);
    expect(codes("ssh\nconnection refused", picky)).toEqual(["a.picky"]);
    expect(codes("ssh\nconnection refused\nresolved later", picky)).toEqual([]);
  });

  it("names a code once, with its best line", () => {
    const weak = pattern("a.held", 0.3, [/weak/]);
    const strong = pattern("a.held", 0.9, [/strong/]);
    const matches = explain("weak\nstrong", [stack([weak, strong])]);
    expect(matches.map((m) => [m.code, m.confidence, m.line])).toEqual([["a.held", 0.9, "strong"]]);
  });

  it("lets a reader beat a pattern that is equally sure", () => {
    const reader: Signature = {
      kind: "reader",
      code: "a.read",
      read: (text) => (text.startsWith("{") ? { line: "state", confidence: 0.8 } : null),
    };
    expect(codes("{ failed", pattern("a.word", 0.85, [/failed/]), reader)).toEqual(["a.read", "a.word"]);
    expect(codes("failed", pattern("a.word", 0.85, [/failed/]), reader)).toEqual(["a.word"]);
  });

  it("gives a reader the whole text, and survives one that throws", () => {
    const long = `[${"1,".repeat(20_000)}2]`;
    const reader: Signature = {
      kind: "reader",
      code: "a.read",
      read: (text) => (text.length === long.length ? { line: "all", confidence: 1 } : null),
    };
    const broken: Signature = {
      kind: "reader",
      code: "a.broken",
      read: () => {
        throw new RangeError("too deep");
      },
    };
    expect(codes(long, broken, reader)).toEqual(["a.read"]);
  });

  it("keeps to one stack when asked to", () => {
    const a = stack([pattern("a.x", 0.5, [/boom/])], "a");
    const b = stack([pattern("b.x", 0.9, [/boom/])], "b");
    expect(explain("boom", [a, b]).map((m) => m.stack)).toEqual(["b", "a"]);
    expect(explain("boom", [a, b], "a").map((m) => m.stack)).toEqual(["a"]);
    expect(explain("boom", [a, b], "none")).toEqual([]);
  });

  it("passes over a signature whose finding does not exist", () => {
    expect(explain("boom", [{ id: "a", findings: [], signatures: [pattern("a.x", 0.5, [/boom/])] }])).toEqual([]);
  });

  it("gives at most eight matches", () => {
    const many = Array.from({ length: 12 }, (_, index) => pattern(`a.n${index}`, 0.5 + index / 100, [/boom/]));
    expect(codes("boom", ...many)).toHaveLength(8);
    expect(codes("boom", ...many)[0]).toBe("a.n11");
  });

  it("reads through terminal colours and Windows line ends", () => {
    const known = pattern("a.x", 0.5, [/^error: port busy$/]);
    expect(codes("\u001b[31merror:\u001b[0m port busy\r\nnext", known)).toEqual(["a.x"]);
  });

  it("is not fooled by a pattern that remembers its position", () => {
    const sticky = pattern("a.x", 0.5, [/boom/g]);
    expect(codes("boom", sticky)).toEqual(["a.x"]);
    expect(codes("boom", sticky)).toEqual(["a.x"]);
  });

  it("does not take an error for real that is only mentioned in source code", () => {
    const known = pattern("a.x", 0.5, [/EADDRINUSE/]);
    expect(codes('if (error.code === "EADDRINUSE") {', known)).toEqual([]);
    expect(codes('if (error.code === "EADDRINUSE") {\nError: listen EADDRINUSE', known)).toEqual(["a.x"]);
  });

  it("shows a long line shortened", () => {
    const [match] = explain(`boom ${"word ".repeat(500)}`, [stack([pattern("a.x", 0.5, [/boom/])])]);
    expect(match?.line.length).toBeLessThanOrEqual(300);
  });

  it("does not read beyond its limit, nor beyond 8 KiB of one line", () => {
    const known = pattern("a.x", 0.5, [/boom/]);
    expect(codes(`${"\n".repeat(EXPLAIN_LIMIT)}boom`, known)).toEqual([]);
    expect(codes(`${" ".repeat(8_192)}boom`, known)).toEqual([]);
    expect(codes(`${" ".repeat(8_000)}boom`, known)).toEqual(["a.x"]);
  });

  it.each([
    ["one endless line", "a".repeat(2_000_000)],
    ["a million empty lines", "\n".repeat(1_000_000)],
    ["endless escapes", "\u001b[".repeat(500_000)],
    ["deep brackets", "[{".repeat(500_000)],
    ["zero bytes", "\u0000".repeat(1_000_000)],
  ])("stays quick on %s", (_, text) => {
    const began = performance.now();
    expect(codes(text, pattern("a.x", 0.5, [/boom.{0,100}bang/, /failed: \d{1,5}$/]))).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
