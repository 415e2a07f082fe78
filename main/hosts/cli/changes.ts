import type { Light } from "../../core/model/light.ts";
import type { CheckState, Snapshot, StackState } from "../../core/model/snapshot.ts";

/** One thing that became different between two snapshots. One line of `watch --json` (with `schemaVersion` and `at`). */
export type Change =
  | { readonly change: "light"; readonly light: Light; readonly before: Light; readonly sentence: string }
  | { readonly change: "stack"; readonly stack: string; readonly light: Light; readonly before: Light; readonly sentence: string }
  | { readonly change: "installed" | "gone"; readonly stack: string; readonly title: string }
  | {
      readonly change: "check";
      readonly stack: string;
      readonly check: string;
      readonly light: Light;
      readonly before?: Light;
      readonly summary: string;
    }
  | {
      readonly change: "finding-opened" | "finding-confirmed" | "finding-closed";
      readonly stack: string;
      readonly code: string;
      readonly symptoms: readonly string[];
      readonly light: Light;
      readonly root: boolean;
      readonly title: string;
    };

function findingChanges(before: StackState | undefined, after: StackState): readonly Change[] {
  const told = (change: "finding-opened" | "finding-confirmed" | "finding-closed", f: StackState["findings"][number]): Change => ({
    change,
    stack: after.id,
    code: f.code,
    symptoms: f.symptoms,
    light: f.light,
    root: f.root,
    title: f.title,
  });
  const old = new Map((before?.findings ?? []).map((f) => [f.code, f]));
  const present = new Set(after.findings.map((f) => f.code));
  const opened = after.findings.flatMap((f) => {
    const earlier = old.get(f.code);
    if (earlier === undefined) return [told("finding-opened", f)];
    return earlier.state === "soft" && f.state === "hard" ? [told("finding-confirmed", f)] : [];
  });
  return [...opened, ...[...old.values()].filter((f) => !present.has(f.code)).map((f) => told("finding-closed", f))];
}

function checkChanges(before: StackState | undefined, after: StackState): readonly Change[] {
  const old = new Map((before?.checks ?? []).map((c): [string, CheckState] => [c.id, c]));
  return after.checks.flatMap((check): readonly Change[] => {
    const earlier = old.get(check.id);
    if (earlier?.light === check.light) return [];
    const was = earlier === undefined ? {} : { before: earlier.light };
    return [{ change: "check", stack: after.id, check: check.id, light: check.light, ...was, summary: check.summary }];
  });
}

function stackChanges(before: StackState | undefined, after: StackState): readonly Change[] {
  const was = before?.installed ?? false;
  if (!after.installed) return was ? [{ change: "gone", stack: after.id, title: after.title }] : [];
  const earlier = before?.light ?? "grey";
  const moved = earlier !== after.light || before?.sentence !== after.sentence;
  return [
    ...(was ? [] : [{ change: "installed" as const, stack: after.id, title: after.title }]),
    ...(moved ? [{ change: "stack" as const, stack: after.id, light: after.light, before: earlier, sentence: after.sentence }] : []),
    ...findingChanges(before, after),
    ...checkChanges(before, after),
  ];
}

/** What is different, the whole first, then stack by stack. Ages and durations alone are no change. */
export function changesBetween(before: Snapshot, after: Snapshot): readonly Change[] {
  const whole = before.light !== after.light || before.sentence !== after.sentence;
  const old = new Map(before.stacks.map((s) => [s.id, s]));
  return [
    ...(whole ? [{ change: "light" as const, light: after.light, before: before.light, sentence: after.sentence }] : []),
    ...after.stacks.flatMap((stack) => stackChanges(old.get(stack.id), stack)),
  ];
}
