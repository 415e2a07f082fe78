import type { SymptomRow } from "../contract/index.ts";
import type { FindingKind } from "../model/finding.ts";

type Told = { readonly id: string; readonly findings: readonly FindingKind[] };

const place = (id: string): readonly [string, number] => [id.slice(0, 1), Number(id.slice(1))];

/** The catalogue by symptom id: which findings answer it, in which stacks. Generated from the findings, so it cannot drift. */
export function symptomRows(stacks: readonly Told[]): SymptomRow[] {
  const rows = new Map<string, SymptomRow>();
  for (const stack of stacks) {
    for (const kind of stack.findings) {
      for (const id of kind.symptoms) {
        const row = rows.get(id) ?? { id, codes: [], stacks: [], title: kind.title.replace(/ ?\{[a-zA-Z]+\}/g, "") };
        rows.set(id, {
          ...row,
          codes: row.codes.includes(kind.code) ? row.codes : [...row.codes, kind.code],
          stacks: row.stacks.includes(stack.id) ? row.stacks : [...row.stacks, stack.id],
        });
      }
    }
  }
  return [...rows.values()].sort((a, b) => {
    const [letterA, numberA] = place(a.id);
    const [letterB, numberB] = place(b.id);
    return letterA < letterB ? -1 : letterA > letterB ? 1 : numberA - numberB;
  });
}
