import type { Finding, FindingKind, Raised } from "../model/finding.ts";
import { type Light, worst } from "../model/light.ts";
import type { StackState } from "../model/snapshot.ts";
import type { Installation, Stack } from "../model/stack.ts";
import { boundRaised } from "./bound-raised.ts";
import { type Confirmation, type ConfirmRules, confirm, isUnsettled } from "./confirm.ts";
import type { Clean } from "./plain.ts";
import { believed, type CheckRecord, checkState, counts, factsFrom, isSuspected } from "./readings.ts";
import { foldFollowers } from "./root-cause.ts";
import { stackSentence } from "./sentence.ts";
import { fill } from "./words.ts";

export type StackMemory = {
  readonly confirmations: ReadonlyMap<string, Confirmation>;
  /** What raised each code last, kept while a fact is held after it vanished. */
  readonly raised: ReadonlyMap<string, Told>;
};
export const noMemory: StackMemory = { confirmations: new Map(), raised: new Map() };

/** A raised finding with the time of its evidence. */
export type Told = { readonly raised: Raised; readonly at: number; readonly deep: boolean };

export type Round = {
  readonly stack: Stack;
  readonly installation: Installation | null;
  /** Why the stack could not be looked for, when that failed. */
  readonly locateTrouble?: string;
  /** It is still being looked for, for the first time. */
  readonly looking?: boolean;
  readonly records: ReadonlyMap<string, CheckRecord>;
  readonly memory: StackMemory;
  readonly nowMs: number;
  /** True: every failure counts as confirmed at once (a single look). */
  readonly atOnce: boolean;
  readonly ticks: readonly (Light | null)[];
  /** Removes secrets; applied before anything is cut to size. */
  readonly clean: Clean;
  /** Width of one tick, milliseconds. */
  readonly tickMs: number;
};

export type Evaluated = { readonly state: StackState; readonly memory: StackMemory; readonly unsettled: boolean };

const unlisted = (code: string): FindingKind => ({
  code,
  symptoms: [],
  light: "amber",
  layer: 9,
  title: code,
  detail: "This finding has no description yet.",
  runbook: "",
});

/** Codes raised by several sources are one finding; all their evidence is kept, the worst light wins. */
function gather(round: Round): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  const add = (whole: Raised, at: number, deep: boolean): void => {
    const raised = boundRaised(whole, round.clean);
    const before = told.get(raised.code);
    told.set(
      raised.code,
      before === undefined
        ? { raised, at, deep }
        : { raised: merge(before.raised, raised), at: Math.max(at, before.at), deep: deep && before.deep },
    );
  };
  for (const record of round.records.values()) {
    for (const raised of believed(record, round.nowMs)?.findings ?? [])
      add(raised, record.last?.at ?? round.nowMs, record.check.lane === "deep");
  }
  for (const raised of round.installation?.diagnose(factsFrom(round.records, round.nowMs)) ?? []) add(raised, round.nowMs, false);
  return told;
}

function merge(a: Raised, b: Raised): Raised {
  const evidence = [...a.evidence, ...b.evidence.filter((e) => !a.evidence.some((f) => f.source === e.source && f.text === e.text))];
  const lights = [a.light, b.light].filter((l) => l !== undefined);
  return {
    code: a.code,
    params: { ...b.params, ...a.params },
    evidence,
    ruledOut: [...new Set([...(a.ruledOut ?? []), ...(b.ruledOut ?? [])])],
    ...(lights.length === 0 ? {} : { light: worst(lights) }),
  };
}

/** From records to what fronts show: findings confirmed and folded, the light, the sentence. Pure. */
export function evaluate(round: Round): Evaluated {
  const kinds = new Map(round.stack.findings.map((k) => [k.code, k]));
  const kindOf = (code: string): FindingKind => kinds.get(code) ?? unlisted(code);
  const now = gather(round);
  const rules: ConfirmRules = {
    needed: (code) => (round.atOnce || now.get(code)?.deep === true ? 1 : (kindOf(code).confirmAfter ?? 3)),
    clearAfter: round.atOnce ? 0 : 2,
    roundMs: 700,
  };
  const confirmations = confirm(round.memory.confirmations, new Set(now.keys()), round.nowMs, rules);
  const raised = new Map(
    [...confirmations.keys()].flatMap((code) => {
      const told = now.get(code) ?? round.memory.raised.get(code);
      return told === undefined ? [] : [[code, told] as const];
    }),
  );

  const lightOf = (code: string): Light => raised.get(code)?.raised.light ?? kindOf(code).light;
  const folded = foldFollowers([...raised.keys()].map((code) => ({ kind: kindOf(code), light: lightOf(code) })));
  const remedies = round.installation?.remedies ?? [];
  const findings = folded.flatMap(({ code, root, followers }): Finding[] => {
    const told = raised.get(code);
    const confirmation = confirmations.get(code);
    if (told === undefined || confirmation === undefined) return [];
    const kind = kindOf(code);
    return [
      {
        code,
        symptoms: [...kind.symptoms],
        light: lightOf(code),
        state: confirmation.state,
        title: fill(kind.title, told.raised.params),
        detail: fill(kind.detail, told.raised.params),
        evidence: told.raised.evidence.map((e) => ({ ...e, at: told.at })),
        root,
        followers: [...followers],
        ruledOut: [...(told.raised.ruledOut ?? [])],
        remedies: remedies
          .filter((r) => kind.remedies?.includes(r.id))
          .map(({ id, title, kind: k, risk }) => ({ id, title, kind: k, risk })),
        since: confirmation.since,
      },
    ];
  });

  const light = stackLight(round, findings, raised);
  const checks = [...round.records.values()].map((record) =>
    checkState(record, round.nowMs, record.last?.verdict.findings?.[0]?.code, round.clean),
  );
  const installed = round.installation !== null;
  return {
    state: {
      id: round.stack.id,
      title: round.stack.title,
      mark: round.stack.mark,
      ground: round.stack.ground ?? false,
      installed,
      light,
      sentence: stackSentence({
        title: round.stack.title,
        installed,
        light,
        findings,
        checks,
        ...(round.locateTrouble === undefined ? {} : { trouble: round.locateTrouble }),
        looking: round.looking ?? false,
      }),
      checks,
      findings,
      ticks: [...round.ticks],
      tickMs: round.tickMs,
      looksFor: [...round.stack.looksFor],
    },
    memory: { confirmations, raised },
    unsettled:
      [...confirmations.values()].some(isUnsettled) || [...round.records.values()].some((record) => isSuspected(record, round.nowMs)),
  };
}

/** Worst of the roots and of every lamp no finding speaks for. What is not confirmed yet is at most amber. */
function stackLight(round: Round, findings: readonly Finding[], raised: ReadonlyMap<string, Told>): Light {
  if (round.installation === null) return "grey";
  const roots = findings
    .filter((f) => f.root && raised.get(f.code)?.deep !== true)
    .map((f): Light => (f.state === "soft" && f.light === "red" ? "amber" : f.light));
  const lamps = [...round.records.values()]
    .filter((record) => counts(record, round.nowMs))
    .map((record): Light => {
      const verdict = believed(record, round.nowMs);
      if (verdict === undefined) return "grey";
      if ((verdict.findings ?? []).length > 0) return "green";
      return verdict.light === "red" && isSuspected(record, round.nowMs) && !round.atOnce ? "amber" : verdict.light;
    });
  return worst([...roots, ...lamps]);
}
