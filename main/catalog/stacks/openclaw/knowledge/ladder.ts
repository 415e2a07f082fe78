import type { Raised } from "../../../../core/model/finding.ts";

/** What one layer says. `unknown` breaks no comparison: a layer that could not be asked proves nothing. */
export type RungState = "yes" | "no" | "unknown";

/** One layer, from the ground up: what it was asked, what it said, and the answer as it came, cut to size. */
export type Rung = { readonly name: string; readonly state: RungState; readonly said: string; readonly answer?: string };

export type LadderResult = {
  readonly rungs: readonly Rung[];
  /** Index of the first rung that says no although one below says yes; undefined when all agree. */
  readonly breaksAt?: number;
};

/**
 * Compares the layers from the ground up and stops at the first disagreement. A layer below that says no while one above says yes
 * is a disagreement too (a gateway that answers although its service unit is down runs outside the service manager).
 */
export function climb(rungs: readonly Rung[]): LadderResult {
  const known = rungs.map((rung, index) => ({ rung, index })).filter(({ rung }) => rung.state !== "unknown");
  for (const [place, { rung, index }] of known.entries()) {
    const before = known[place - 1];
    if (before !== undefined && before.rung.state !== rung.state) return { rungs, breaksAt: index };
  }
  return { rungs };
}

/** The ladder of the OpenClaw gateway. Silent when all layers agree, in good and in bad: then another finding speaks. */
export function judgeLadder(rungs: readonly Rung[]): readonly Raised[] {
  const { breaksAt } = climb(rungs);
  if (breaksAt === undefined) return [];
  const seen = rungs.slice(0, breaksAt + 1);
  return [
    {
      code: "openclaw.ladder",
      params: { rung: rungs[breaksAt]?.name ?? "" },
      evidence: seen.map((rung) => ({ source: rung.name, text: rung.said })),
      ruledOut: seen
        .slice(0, -1)
        .filter((rung) => rung.state === "yes")
        .map((rung) => `${rung.name} is fine`),
    },
  ];
}

/** One answer of a slow program of OpenClaw beside our own opinion about the same thing. */
export type Comparison = { readonly topic: string; readonly theirs: RungState; readonly ours: RungState; readonly said: string };

/** Where both know something, and not the same. */
export const differing = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(({ theirs, ours }) => theirs !== "unknown" && ours !== "unknown" && theirs !== ours);

/** Cross-validation: where OpenClaw's own answers and our probes describe different states. */
export function crossValidate(comparisons: readonly Comparison[]): readonly Raised[] {
  const found = differing(comparisons);
  if (found.length === 0) return [];
  return [
    {
      code: "openclaw.cross-validation",
      params: { count: found.length },
      evidence: found.map(({ topic, theirs, said }) => ({
        source: topic,
        text: `OpenClaw says ${theirs}, we see the opposite: ${said}`,
      })),
    },
  ];
}
