import { compareFindings } from "../core/engine/monotone.ts";
import type { RepairOutcome } from "../core/model/receipt.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import { carryOut, shownOutput } from "./carry-out.ts";
import { type Diary, stepFacts } from "./diary.ts";
import { outcomeSentence, undoOf } from "./outcome-words.ts";
import type { RunEnding, RunningRepair } from "./running-repair.ts";
import { settleStep } from "./settle-step.ts";
import { type Site, seenAt } from "./site.ts";
import { failed, type StepResult, type StepWork } from "./step-work.ts";
import type { TargetBooks } from "./target-books.ts";
import { isOurs } from "./touched-units.ts";
import { proofsOf, verify } from "./verify.ts";

export type PlanWork = {
  readonly repair: RunningRepair;
  readonly site: Site;
  readonly ports: Ports;
  readonly acting: ActingPorts;
  readonly books: TargetBooks;
  readonly diary: Diary;
  readonly clean: (text: string) => string;
};

/** How the steps ended: all of them, at one that failed, or cut off because we go away. */
type StepsEnd =
  | { readonly kind: "all" | "cancelled" | "left" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "not-proved"; readonly reason: string };

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function oneStep(work: StepWork, planned: PlanWork["repair"]["plan"]["effects"][number], diary: Diary): Promise<StepResult> {
  const { repair, index, ports } = work;
  const before = repair.run.steps[index];
  try {
    const wasBegun = before?.startedMs !== undefined;
    const settled = before !== undefined && wasBegun ? await settleStep(planned, before, work) : undefined;
    if (settled !== undefined) return settled;
    repair.step(index, { state: "running", startedMs: ports.clock.nowMs() });
    await repair.save();
    await diary.write("step-started", { repair: repair.run.id, step: index + 1, ...stepFacts(planned) });
    return await carryOut(planned, work);
  } catch (error) {
    // What cannot be written down is not done; what throws unexpectedly stops the plan.
    return failed(`It could not be carried out: ${words(error)}`);
  }
}

async function allSteps(work: PlanWork): Promise<StepsEnd> {
  const { repair, diary, ports, books } = work;
  const { effects } = repair.plan;
  const lastAct = effects.findLastIndex(({ effect }) => isOurs(effect));
  const bootMs = (): number => Math.max(0, ...repair.record.restarts.map(({ label }) => books.bootMs(label)));
  for (const [index, planned] of effects.entries()) {
    if (repair.isCancelled) return { kind: "cancelled" };
    if (repair.isLeft) return { kind: "left" };
    const state = repair.run.steps[index]?.state;
    if (state === "done" || state === "skipped") continue;
    const writeDown: StepWork["writeDown"] = (what, facts) => diary.write(what, { repair: repair.run.id, step: index + 1, ...facts });
    const progress = (text: string): void => repair.step(index, { detail: text });
    const result = await oneStep({ ...work, index, progress, writeDown, bootMs }, planned, diary);
    // Left in the middle: the record stays as it is, so that the next start looks what became of the step.
    if (repair.isLeft && result.state !== "done") return { kind: "left" };
    repair.step(index, {
      state: result.state,
      endedMs: ports.clock.nowMs(),
      detail: result.detail,
      ...(result.output === undefined ? {} : { output: shownOutput(result.output, work.clean) }),
    });
    try {
      await repair.save();
      await writeDown("step-ended", { state: result.state, detail: result.detail });
    } catch (error) {
      return { kind: "failed", reason: `the record could not be written (${words(error)}), so nothing more was done` };
    }
    if (result.state === "cancelled") return { kind: "cancelled" };
    if (result.state === "failed") {
      // Only looking is left, and it did not like what it saw: the steps are done, the proof is missing.
      const isProof = planned.effect.do === "recheck" && lastAct >= 0 && index > lastAct;
      return { kind: isProof ? "not-proved" : "failed", reason: result.detail };
    }
  }
  return { kind: "all" };
}

/** Carries a repair from where it is to its end and says what came of it; `undefined` when it was left for the next start. */
export async function runPlan(work: PlanWork): Promise<RunEnding | undefined> {
  const { repair, site, ports, books } = work;
  // The finding is gone afterwards, and with it the knowledge of who raised it.
  const proofs = proofsOf(work);
  const ended = await allSteps(work);
  if (ended.kind === "left") return undefined;
  const undo = undoOf(repair.record);
  const ending = (outcome: RepairOutcome, reason: string, verifiedBy: readonly string[] = []): RunEnding => {
    const after = seenAt(site, ports.clock.nowMs());
    const { trend, sentence } = compareFindings(repair.run.before.findings ?? [], after.findings, site.kinds);
    return {
      outcome,
      after,
      verifiedBy: [...verifiedBy],
      undo,
      sentence: outcomeSentence(outcome, { ...repair.run, undo }, reason),
      ...(repair.run.before.findings === undefined ? {} : { progress: { trend, sentence } }),
    };
  };
  if (ended.kind === "cancelled" || ended.kind === "failed") {
    const reason = ended.kind === "failed" ? ended.reason : "";
    for (const { index, state } of repair.run.steps) if (state === "waiting") repair.step(index, { state: "cancelled" });
    await site.lookAgain();
    return ending(ended.kind, reason);
  }
  repair.change({ state: "verifying", sentence: "Checking that it works" });
  const restarted = [...new Set(repair.record.restarts.map(({ label }) => label))];
  const bootMs = Math.max(0, ...restarted.map((label) => books.bootMs(label)));
  const proof =
    ended.kind === "not-proved"
      ? { ok: false, verifiedBy: [], reason: ended.reason }
      : await verify({ ...work, bootMs }, proofs, (sentence) => repair.change({ sentence }));
  if (repair.isLeft) return undefined;
  if (repair.isCancelled && !proof.ok) return ending("cancelled", "");
  for (const label of restarted) await books.verified(label, { ok: proof.ok, code: repair.plan.code });
  return ending(proof.ok ? "verified" : "not-verified", proof.reason, proof.verifiedBy);
}
