/** One figure against its budget. `atMost`/`atLeast` are the budget; without either it is told for comparison only. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
};

export type Part = { readonly title: string; readonly note?: string; readonly figures: readonly Figure[] };

export const holds = ({ value, atMost, atLeast }: Figure): boolean =>
  Number.isFinite(value) && (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);

const budget = ({ atMost, atLeast, unit }: Figure): string =>
  atMost !== undefined ? `at most ${atMost} ${unit}` : atLeast !== undefined ? `at least ${atLeast} ${unit}` : "";

const isBudgeted = (figure: Figure): boolean => figure.atMost !== undefined || figure.atLeast !== undefined;

/** A table for people; figures outside their budget are marked. */
export function asText(part: Part): string {
  const rows = part.figures.map((f) => [
    isBudgeted(f) ? (holds(f) ? "ok" : "OVER") : "",
    f.name,
    `${digits(f.value)} ${f.unit}`,
    budget(f),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    part.title,
    ...(part.note === undefined ? [] : [`  ${part.note}`]),
    ...rows.map(
      (row) =>
        `  ${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}`,
    ),
    "",
  ].join("\n");
}

export const broken = (parts: readonly Part[]): readonly Figure[] =>
  parts.flatMap((p) => p.figures).filter((f) => isBudgeted(f) && !holds(f));
