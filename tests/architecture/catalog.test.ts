import { describe, expect, it } from "vitest";
import { probeTypes } from "../../main/catalog/probes/index.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { wizards } from "../../main/catalog/wizards/index.ts";
import { FindingCode, SymptomId } from "../../main/core/model/finding.ts";
import type { Stack } from "../../main/core/model/stack.ts";
import { folders } from "../support/files.ts";

describe("the three tables", () => {
  it.each([
    ["stacks", stacks.map((stack) => stack.id)],
    ["probes", Object.keys(probeTypes)],
    ["wizards", wizards.map((wizard) => wizard.id)],
  ])("list every folder of main/catalog/%s, and nothing else", (kind, ids) => {
    expect([...ids].sort()).toEqual(folders(`main/catalog/${kind}`));
  });

  it("give each probe type the name of its folder", () => {
    expect(Object.entries(probeTypes).filter(([name, probe]) => probe.type !== name)).toEqual([]);
  });
});

const codes = new Set(stacks.flatMap((stack) => stack.findings.map((finding) => finding.code)));
const isKnown = (code: string): boolean =>
  code.endsWith("*") ? [...codes].some((each) => each.startsWith(code.slice(0, -1))) : codes.has(code);

it("no code is given twice", () => {
  expect(codes.size).toBe(stacks.reduce((sum, stack) => sum + stack.findings.length, 0));
});

describe.each(stacks.map((stack): [string, Stack] => [stack.id, stack]))("the stack %s", (id, stack) => {
  it("says who it is and where we look for it", () => {
    expect(stack.title).not.toBe("");
    expect(stack.mark).toMatch(/^\S{2}$/);
    expect(stack.looksFor.length).toBeGreaterThan(0);
  });

  it("gives its findings codes that begin with its own id, and symptom ids", () => {
    const misnamed = stack.findings.filter(({ code }) => !FindingCode.safeParse(code).success || !code.startsWith(`${id}.`));
    expect(misnamed.map(({ code }) => code)).toEqual([]);
    const symptoms = stack.findings.flatMap((finding) => finding.symptoms);
    expect(symptoms.filter((symptom) => !SymptomId.safeParse(symptom).success)).toEqual([]);
  });

  it("has words for every finding", () => {
    const wordless = stack.findings.filter(({ title, detail, runbook }) => [title, detail, runbook].some((text) => text.trim() === ""));
    expect(wordless.map(({ code }) => code)).toEqual([]);
  });

  it("uses the green ones, which are notes, to explain nothing away", () => {
    const notes = stack.findings.filter(({ light, explains }) => light === "green" && (explains ?? []).length > 0);
    expect(notes.map(({ code }) => code)).toEqual([]);
  });

  it("orders its findings by the ten layers and explains only known ones", () => {
    expect(stack.findings.filter(({ layer }) => !Number.isInteger(layer) || layer < 0 || layer > 9).map(({ code }) => code)).toEqual([]);
    expect(stack.findings.flatMap(({ explains }) => explains ?? []).filter((code) => !isKnown(code))).toEqual([]);
  });

  it("recognises only problems it can name, with a confidence between 0 and 1", () => {
    expect(stack.signatures.filter(({ code }) => !codes.has(code)).map(({ code }) => code)).toEqual([]);
    const confidences = stack.signatures.flatMap((signature) => (signature.kind === "pattern" ? [signature.confidence] : []));
    expect(confidences.filter((confidence) => !(confidence > 0 && confidence <= 1))).toEqual([]);
  });

  it("keeps no state in its patterns", () => {
    const stateful = patternsOf(stack).filter(({ pattern }) => pattern.global || pattern.sticky);
    expect(stateful.map(({ code, pattern }) => `${code}: ${pattern}`)).toEqual([]);
  });

  it("reads hostile lines in linear time", () => {
    const slow = patternsOf(stack).flatMap(({ code, pattern }) =>
      hostileLines.map((line) => ({ code, pattern, ms: timeOf(pattern, line) })).filter(({ ms }) => ms > 400),
    );
    expect(slow.map(({ code, pattern, ms }) => `${code}: ${pattern} took ${Math.round(ms)} ms`)).toEqual([]);
  });
});

function patternsOf(stack: Stack): { readonly code: string; readonly pattern: RegExp }[] {
  return stack.signatures.flatMap((signature) =>
    signature.kind === "reader"
      ? []
      : [...signature.any, ...(signature.all ?? []), ...(signature.not ?? [])].map((pattern) => ({ code: signature.code, pattern })),
  );
}

// Long runs of what patterns like to repeat over; quadratic matching would take seconds on each.
const hostileLines = ["a", " ", "1", "{", "error ", "token: ", '"code":"', "gateway ", "127.0.0.1:", "a=b ", "(x) ", "--", "fail\t"].map(
  (piece) => piece.repeat(Math.ceil(20_000 / piece.length)),
);

function timeOf(pattern: RegExp, line: string): number {
  const before = performance.now();
  pattern.test(line);
  return performance.now() - before;
}
