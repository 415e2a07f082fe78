import type { Finding } from "../model/finding.ts";
import type { CheckState, Snapshot, StackState } from "../model/snapshot.ts";
import { span } from "./words.ts";

const iso = (ms: number): string => `${Math.floor(ms / 1000)} (epoch seconds)`;

const findingLines = (finding: Finding, nowMs: number): readonly string[] => [
  `${finding.light.toUpperCase()} ${finding.code} [${finding.symptoms.join(", ")}]${finding.root ? "" : " (follows from another finding)"}`,
  `  ${finding.title}`,
  `  ${finding.detail}`,
  `  seen for ${span(nowMs - finding.since)}, ${finding.state === "hard" ? "confirmed" : "not confirmed yet"}`,
  ...finding.evidence.map((e) => `  evidence: ${e.source}: ${e.text} (${span(nowMs - e.at)} ago)`),
  ...finding.ruledOut.map((r) => `  ruled out: ${r}`),
  ...(finding.followers.length > 0 ? [`  followers: ${finding.followers.join(", ")}`] : []),
];

const checkLine = (check: CheckState): string =>
  `  ${check.light.padEnd(5)} ${check.id}: ${check.summary}${check.ageMs === undefined ? "" : ` (${span(check.ageMs)} ago, ${check.durationMs ?? 0} ms)`}`;

const stackLines = (stack: StackState, nowMs: number): readonly string[] => [
  `${stack.title}: ${stack.installed ? stack.light : "not installed"}: ${stack.sentence}`,
  ...stack.findings.flatMap((f) => findingLines(f, nowMs).map((line) => `  ${line}`)),
  ...stack.checks.map(checkLine),
];

/** State as plain text for a clipboard: everything, one stack, or one finding. The caller redacts. */
export function describeForCopy(snapshot: Snapshot, only: { readonly stack?: string; readonly code?: string }): string {
  const stacks = snapshot.stacks.filter((s) => only.stack === undefined || s.id === only.stack);
  if (only.code !== undefined) {
    const lines = stacks.flatMap((s) => s.findings.filter((f) => f.code === only.code).flatMap((f) => findingLines(f, snapshot.at)));
    return lines.length > 0 ? lines.join("\n") : `${only.code} is not present any more.`;
  }
  return [
    `Lamplighter: ${snapshot.light}: ${snapshot.sentence}`,
    `at ${iso(snapshot.at)}`,
    ...snapshot.notes.map((n) => `note: ${n}`),
    ...stacks.flatMap((s) => ["", ...stackLines(s, snapshot.at)]),
  ].join("\n");
}
