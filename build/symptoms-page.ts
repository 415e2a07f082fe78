import { symptomRows } from "../main/core/engine/symptoms.ts";
import type { Stack } from "../main/core/model/stack.ts";

const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\s+/g, " ").trim();

/** The text of `docs/symptoms.md`: every symptom that is known, then each finding with its runbook. Written by `npm run docs`. */
export function symptomsPage(stacks: readonly Stack[]): string {
  const rows = symptomRows(stacks).map(
    ({ id, codes, title }) => `| ${id} | ${cell(title)} | ${codes.map((code) => `\`${code}\``).join(", ")} |`,
  );
  const chapters = stacks.flatMap((stack) => [
    `## ${stack.title}`,
    "",
    ...[...stack.findings]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap((kind) => [
        `### \`${kind.code}\``,
        "",
        `${kind.symptoms.join(", ") || "no symptom row"} · ${kind.light === "green" ? "a note" : kind.light}`,
        "",
        kind.detail.replace(/ ?\{[a-zA-Z]+\}/g, ""),
        "",
        `**What to do.** ${kind.runbook}`,
        "",
      ]),
  ]);
  return [
    "# Symptoms",
    "",
    "Generated from the catalogue by `npm run docs`; do not edit. `lamplighter symptoms` prints the same table, and",
    "`lamplighter explain` finds these in any text you paste.",
    "",
    "| Symptom | What it is | Findings |",
    "|---|---|---|",
    ...rows,
    "",
    ...chapters,
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}
