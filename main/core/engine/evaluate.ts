import type { Finding, FindingKind, Raised } from "../model/finding.ts";
import { type Light, worst } from "../model/light.ts";
import type { Intent } from "../model/receipt.ts";
import type { StackState } from "../model/snapshot.ts";
import type { Installation, Stack } from "../model/stack.ts";
import { type Confirmation, type ConfirmRules, confirm, isUnsettled } from "./confirm.ts";
import { asStopped, stoppedOnPurpose } from "./deliberate-stop.ts";
import { gather, type Source, type Told } from "./gather.ts";
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
  /** What a person wants of the stack, when somebody said. */
  readonly intent?: Intent | undefined;
  /** Labels of service units of other stacks that a person stopped: that such a unit is down is no finding. */
  readonly stoppedUnits?: readonly string[] | undefined;
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

/** systemd takes a bare name for that of a service. */
const bare = (label: string): string => label.replace(/\.service$/, "");

/** Everything the checks and the diagnosis put forward now, but for what is about a unit that a person stopped. */
function sourcesOf(round: Round): readonly Source[] {
  const stopped = new Set((round.stoppedUnits ?? []).map(bare));
  const isWanted = ({ params }: Raised): boolean => stopped.size === 0 || !stopped.has(bare(String(params?.["label"] ?? "")));
  return everySource(round).map((source) => ({ ...source, raised: source.raised.filter(isWanted) }));
}

function everySource({ installation, nowMs, records }: Round): readonly Source[] {
  const checks = [...records.values()].map(
    (record): Source => ({
      raised: believed(record, nowMs)?.findings ?? [],
      at: record.last?.at ?? nowMs,
      deep: record.check.lane === "deep",
    }),
  );
  return [...checks, { raised: installation?.diagnose(factsFrom(records, nowMs)) ?? [], at: nowMs, deep: false }];
}

/** From records to what fronts show: findings confirmed and folded, the light, the sentence. Pure. */
export function evaluate(round: Round): Evaluated {
  const kinds = new Map(round.stack.findings.map((k) => [k.code, k]));
  const kindOf = (code: string): FindingKind => kinds.get(code) ?? unlisted(code);
  const now = gather(sourcesOf(round), (code) => kindOf(code).light, round.clean);
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

  const present = [...raised].map(([code, told]) => ({ kind: kindOf(code), light: told.raised.light, deep: told.deep }));
  const folded = foldFollowers(present);
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
        light: told.raised.light,
        state: confirmation.state,
        title: fill(kind.title, told.raised.params),
        detail: fill(kind.detail, told.raised.params),
        evidence: told.raised.evidence.map((e) => ({ ...e, at: told.at })),
        root,
        followers: [...followers],
        ruledOut: [...(told.raised.ruledOut ?? [])],
        // In the order of the finding: the first that can be run is what is offered first.
        remedies: (kind.remedies ?? [])
          .flatMap((id) => remedies.find((r) => r.id === id) ?? [])
          .map(({ id, title, kind: k, risk }) => ({ id, title, kind: k, risk })),
        since: confirmation.since,
      },
    ];
  });

  // The slow lane never drives the light, so it must not hide anything from it either.
  const driving = new Set(foldFollowers(present.filter((one) => !one.deep)).flatMap((one) => (one.root ? [one.code] : [])));
  const light = stackLight(
    round,
    findings.filter((one) => driving.has(one.code)),
  );
  const checks = [...round.records.values()].map((record) =>
    checkState(record, round.nowMs, record.last?.verdict.findings?.[0]?.code, round.clean),
  );
  const installed = round.installation !== null;
  const stopped = stoppedOnPurpose(round.intent, round.installation, factsFrom(round.records, round.nowMs));
  const state: StackState = {
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
  };
  return {
    state: stopped === undefined ? state : asStopped(state, stopped, round.nowMs),
    memory: { confirmations, raised },
    unsettled:
      [...confirmations.values()].some(isUnsettled) || [...round.records.values()].some((record) => isSuspected(record, round.nowMs)),
  };
}

/** Worst of the findings that drive it and of every lamp no finding speaks for. What is not confirmed yet is at most amber. */
function stackLight(round: Round, driving: readonly Finding[]): Light {
  if (round.installation === null) return "grey";
  const roots = driving.map((f): Light => (f.state === "soft" && f.light === "red" ? "amber" : f.light));
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
