import { expect, it } from "vitest";
import type { FindingKind } from "../model/finding.ts";
import { symptomRows } from "./symptoms.ts";

const kind = (code: string, symptoms: readonly string[], title = code): FindingKind => ({
  code,
  symptoms,
  light: "red",
  layer: 1,
  title,
  detail: "",
  runbook: "",
});

it("lists each symptom once, in the order of the catalogue, with every code and stack that answers it", () => {
  const rows = symptomRows([
    { id: "aa", findings: [kind("aa.x.one", ["O10", "O2"], "Token {token} is wrong"), kind("aa.x.two", ["O2"])] },
    { id: "bb", findings: [kind("bb.x.one", ["O2", "G1"])] },
  ]);
  expect(rows).toEqual([
    { id: "G1", codes: ["bb.x.one"], stacks: ["bb"], title: "bb.x.one" },
    { id: "O2", codes: ["aa.x.one", "aa.x.two", "bb.x.one"], stacks: ["aa", "bb"], title: "Token is wrong" },
    { id: "O10", codes: ["aa.x.one"], stacks: ["aa"], title: "Token is wrong" },
  ]);
});
