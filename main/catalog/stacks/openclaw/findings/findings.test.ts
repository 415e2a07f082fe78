import { describe, expect, it } from "vitest";
import { findings } from "./index.ts";

const byCode = new Map(findings.map((kind) => [kind.code, kind]));
const folds = (pattern: string, code: string) => (pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : pattern === code);

describe("openclaw findings", () => {
  it("names every code once", () => {
    expect(byCode.size).toBe(findings.length);
  });

  it("answers every row of the symptom catalogue from O1 to O48", () => {
    const answered = new Set(findings.flatMap((kind) => kind.symptoms));
    const rows = Array.from({ length: 48 }, (_, index) => `O${index + 1}`);
    expect(rows.filter((row) => !answered.has(row))).toEqual([]);
  });

  it("keeps every title within seventy characters and readable without its values, because explain has none", () => {
    const bare = (title: string) => title.replace(/ \{named\}$/, "");
    const wrong = findings.filter((kind) => kind.title.length > 70 || bare(kind.title).includes("{") || /[.!]$/.test(bare(kind.title)));
    expect(wrong.map((kind) => kind.title)).toEqual([]);
  });

  it("says in every detail what it means and what to do", () => {
    const short = findings.filter((kind) => kind.detail.split(/[.!?] /).length < 2 || kind.runbook.length < 40);
    expect(short.map((kind) => kind.code)).toEqual([]);
  });

  it("folds only codes that exist, and never itself", () => {
    for (const kind of findings) {
      for (const pattern of kind.explains ?? []) {
        expect(
          [...byCode.keys()].some((code) => folds(pattern, code)),
          `${kind.code} explains ${pattern}`,
        ).toBe(true);
        expect(folds(pattern, kind.code), `${kind.code} explains itself`).toBe(false);
      }
    }
  });

  it("never lets folding run in a circle, because then nothing would be the root", () => {
    const below = (code: string) => findings.filter((kind) => (byCode.get(code)?.explains ?? []).some((p) => folds(p, kind.code)));
    const circles: string[] = [];
    const walk = (code: string, path: readonly string[]): void => {
      if (path.includes(code)) circles.push([...path.slice(path.indexOf(code)), code].join(" > "));
      else for (const next of below(code)) walk(next.code, [...path, code]);
    };
    for (const kind of findings) walk(kind.code, []);
    expect(circles).toEqual([]);
  });

  it.each([
    ["openclaw.auth.token-mismatch", 1],
    ["openclaw.auth.token-missing", 1],
    ["openclaw.auth.pairing-required", 1],
    ["openclaw.gateway.not-running", 2],
  ])("confirms %s after %i observations", (code, times) => {
    expect(byCode.get(code)?.confirmAfter).toBe(times);
  });

  it("keeps a token-only probe a note, never a lamp", () => {
    expect(byCode.get("openclaw.auth.scope-limited")?.light).toBe("green");
  });

  it("offers a remedy for everything", () => {
    expect(findings.filter((kind) => (kind.remedies ?? []).length === 0).map((kind) => kind.code)).toEqual([]);
  });
});
