import type { ForeignWatchdog, GateAnswer, GateReason } from "../model/plan.ts";
import type { Intent } from "../model/receipt.ts";
import { bootLeft, usualBootMs } from "./boot-grace.ts";
import { quietNeededMs } from "./flapping.ts";
import { foreignHold } from "./foreign-hold.ts";
import { type GateMemory, workedSinceFailure } from "./gate-memory.ts";
import { sinceRestart } from "./since-restart.ts";
import type { UnitLife } from "./unit-life.ts";
import { isUp } from "./unit-runs.ts";
import { count, span } from "./words.ts";

const budget = 3;
const budgetMs = 30 * 60_000;
const cooldownMs = 90_000;
const failuresForPerson = 2;
const stoppingMs = 5_000;
/** To end a process that lives takes more proof than to start one that is gone: it must be seen not working for this long, milliseconds. */
const hungMs = 75_000;
/** As many times longer at most, by how often it went down or came back of late without anybody ending it. */
const longestHung = 5;

export type GateFacts = {
  /** Epoch milliseconds. Only `retryAtMs` and words come from it; what passed is taken from the unit's life, so look before you ask. */
  readonly nowMs: number;
  /** Of the target, as it stands in a sentence: `the gateway`. */
  readonly title: string;
  /** The finding is hard, or there is only this one look. */
  readonly confirmed: boolean;
  /** Code of the finding: two repairs of one that did not help say nothing about another. */
  readonly code?: string;
  readonly works?: boolean | undefined;
  /** How long a boot may take until enough boots were seen, milliseconds. */
  readonly bootGraceMs: number;
  readonly watchdogs: readonly ForeignWatchdog[];
  readonly intent?: Intent | undefined;
  /** What a person asks for at this moment. `running` overrides a stop on purpose and nothing else; `stopped` interrupts no repair of theirs. */
  readonly personWants?: "running" | "stopped" | undefined;
  readonly providerIncident: boolean;
  /** The service manager could be asked, and answered. */
  readonly unitKnown: boolean;
  /** Seconds between starts that the manager keeps, in milliseconds (ThrottleInterval, RestartSec). */
  readonly throttleMs: number;
  /** Who holds the target's lock, such as `another Lamplighter`. */
  readonly heldBy?: string;
  /** The plan changes what made it fail before it restarts it: a crash loop is then nothing to wait for. */
  readonly curesCause?: boolean;
};

const closed = (reason: GateReason, sentence: string, retryAtMs?: number): GateAnswer => ({
  kind: "closed",
  reason,
  sentence,
  ...(retryAtMs === undefined ? {} : { retryAtMs: Math.ceil(retryAtMs) }),
});

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

type Asked = { readonly life: UnitLife; readonly memory: GateMemory; readonly facts: GateFacts };
type Rule = (asked: Asked) => GateAnswer | undefined;

const cannotTell: Rule = ({ life, facts: { title, unitKnown } }) =>
  unitKnown && life.state !== "unseen"
    ? undefined
    : closed("cannot-tell", `Not now: the service manager does not say how ${title} is. What cannot be seen is not restarted`);

const busy: Rule = ({ life, facts: { title, heldBy, nowMs, personWants } }) => {
  if (heldBy !== undefined) return closed("busy", `Not now: ${heldBy} is working on ${title}`, nowMs + stoppingMs);
  return life.state === "stopping" && personWants !== "stopped"
    ? closed("busy", `Not yet: ${title} is just ending`, nowMs + stoppingMs)
    : undefined;
};

const healthy: Rule = ({ facts: { works, title } }) =>
  works === true ? closed("healthy", `Not needed: ${title} works. A restart would only interrupt it`) : undefined;

const stopped: Rule = ({ life: { stop }, facts: { intent, personWants, title, nowMs } }) => {
  if (personWants === "running") return undefined;
  const ago = (at: number): string => `${span(nowMs - at)} ago`;
  if (intent?.wanted === "stopped")
    return closed(
      "deliberately-stopped",
      `${capital(title)} was stopped by ${intent.by} ${ago(intent.at)}. Start it when you want it back`,
    );
  if (stop === undefined || (intent !== undefined && intent.at > stop.at)) return undefined;
  const sentence = `${capital(title)} seems to be stopped on purpose: ${stop.how}, seen ${ago(stop.at)}. Start it when you want it back`;
  return closed("deliberately-stopped", sentence);
};

const notConfirmed: Rule = ({ facts: { confirmed } }) =>
  confirmed ? undefined : closed("not-confirmed", "Not yet: this was seen only just now. It is looked at again within seconds");

const justLost: Rule = ({ life, facts: { title, nowMs } }) => {
  if (!isUp(life.state) || life.run?.booted !== true || life.downMs === undefined) return undefined;
  const forMs = Math.max(0, life.steadyMs - life.downMs);
  const neededMs = hungMs * Math.min(longestHung, Math.max(1, life.flaps.changes.filter(Boolean).length));
  const sentence = `Not yet: ${title} runs, and stopped working only ${seconds(forMs)} ago. It may come back by itself`;
  return forMs < neededMs ? closed("not-confirmed", sentence, nowMs + neededMs - forMs) : undefined;
};

const silent: Rule = ({ life, facts: { works, title } }) =>
  works === undefined && isUp(life.state)
    ? closed("cannot-tell", `Not now: ${title} runs and nobody can say whether it works. What may be healthy is not restarted`)
    : undefined;

const provider: Rule = ({ facts: { providerIncident, title } }) =>
  providerIncident
    ? closed("provider-incident", `Not now: the provider has trouble of its own, and restarting ${title} does not end it`)
    : undefined;

const needsPerson: Rule = ({ life, memory, facts: { code, title } }) => {
  const isAnother = code !== undefined && memory.failedCode !== undefined && code !== memory.failedCode;
  if (memory.failures < failuresForPerson || isAnother || workedSinceFailure(life, memory)) return undefined;
  const sentence = `${count(memory.failures, "repair")} in a row did not help ${title}. A person has to look; we go on once it works or something else is found`;
  return closed("needs-person", sentence);
};

const booting: Rule = ({ life, facts }) => {
  const left = bootLeft(life, facts.bootGraceMs);
  // A boot that ended three times before it was done is nothing to wait for, once its cause is taken away.
  if (left === undefined || (facts.curesCause === true && life.failedBoots >= 3)) return undefined;
  const sentence = `Not yet: ${facts.title} is booting, ${seconds(left.forMs)} of a usual ${seconds(left.usualMs)}`;
  return closed("booting", sentence, facts.nowMs + left.leftMs);
};

/** One bad look at the very end of a boot proves nothing: what is late gets as long as what was just lost. */
const overdue: Rule = ({ life: { run, state, ...life }, facts }) => {
  if (run === undefined || run.ended || run.booted || !isUp(state) || (facts.curesCause === true && life.failedBoots >= 3))
    return undefined;
  const usualMs = usualBootMs({ ...life, state }, facts.bootGraceMs);
  const leftMs = usualMs + hungMs - run.ageMs;
  const sentence = `Not yet: ${facts.title} boots for ${seconds(run.ageMs)}, longer than the usual ${seconds(usualMs)}; it is given a little more`;
  return leftMs > 0 ? closed("booting", sentence, facts.nowMs + leftMs) : undefined;
};

const foreign: Rule = ({ life, facts }) => {
  const hold = foreignHold(life, facts);
  return hold && closed("foreign-restarter", hold.sentence, hold.forMs === undefined ? undefined : facts.nowMs + hold.forMs);
};

const flapping: Rule = ({ life, facts: { title, nowMs } }) => {
  if (!life.flaps.flapping) return undefined;
  const waitMs = quietNeededMs(life.flaps, life.steadyMs);
  const changes = count(life.flaps.changes.filter(Boolean).length, "time");
  const sentence = `Not while it flaps: ${title} went up or down ${changes} of late. Left alone, it counts as steady in ${span(waitMs)}`;
  return closed("flapping", sentence, nowMs + waitMs);
};

const spent: Rule = ({ life, memory, facts: { nowMs } }) => {
  const ago = memory.restarts.map((one) => sinceRestart(one, { at: nowMs, steadyMs: life.steadyMs })).filter((agoMs) => agoMs < budgetMs);
  const third = [...ago].sort((one, other) => one - other)[budget - 1];
  if (third === undefined) return undefined;
  const waitMs = budgetMs - third;
  return closed("budget-spent", `Wait ${span(waitMs)}: it was restarted ${count(ago.length, "time")} in ${span(budgetMs)}`, nowMs + waitMs);
};

const cooling: Rule = ({ life, memory: { restarts, level }, facts: { nowMs } }) => {
  const last = restarts.at(-1);
  if (last === undefined) return undefined;
  const pauseMs = cooldownMs * 2 ** Math.max(0, level - 1);
  const agoMs = sinceRestart(last, { at: nowMs, steadyMs: life.steadyMs });
  if (agoMs >= pauseMs) return undefined;
  const waitMs = pauseMs - agoMs;
  return closed(
    "cooldown",
    `Wait ${span(waitMs)}: it was restarted ${span(agoMs)} ago, and we let it settle for ${span(pauseMs)}`,
    nowMs + waitMs,
  );
};

/** The first that objects is the one told: what a person can do something about comes before what only time ends. */
const rules: readonly Rule[] = [notConfirmed, silent, provider, needsPerson, booting, overdue, foreign, flapping, justLost, spent, cooling];

/**
 * Whether a target may be started or restarted now. Pure; the caller observes the unit right before. Ask again before each restart of
 * a plan, and note it with `afterRestart` before it is carried out.
 */
export function askGate(life: UnitLife, memory: GateMemory, facts: GateFacts): GateAnswer {
  const asked: Asked = { life, memory, facts };
  const first = cannotTell(asked) ?? busy(asked);
  if (first !== undefined || facts.personWants === "stopped") return first ?? { kind: "open" };
  for (const rule of [healthy, stopped, ...rules]) {
    const answer = rule(asked);
    if (answer !== undefined) return answer;
  }
  return { kind: "open" };
}
