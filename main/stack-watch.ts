import { listeningClock } from "./adapters/clock/listening-clock.ts";
import { CheckRuns } from "./check-runs.ts";
import { evaluate, noMemory, type StackMemory } from "./core/engine/evaluate.ts";
import { type CheckRecord, isQuiet, isStale, type RunOutcome } from "./core/engine/readings.ts";
import type { Light } from "./core/model/light.ts";
import type { Intent } from "./core/model/receipt.ts";
import type { StackState } from "./core/model/snapshot.ts";
import type { Installation, Stack } from "./core/model/stack.ts";
import type { AppPorts, Ports, ProbeContext } from "./core/ports/index.ts";
import { locateStack } from "./locate-stack.ts";
import type { FoundRemedy } from "./repair/site.ts";

export type StackWatchOptions = {
  readonly stack: Stack;
  readonly ports: AppPorts;
  readonly once: boolean;
  readonly learnSecret: ProbeContext["learnSecret"];
  /** Removes secrets from a text. */
  readonly clean: (text: string) => string;
  /** Something visible changed. */
  readonly changed: () => void;
  /** An earlier look than planned is wanted; the loop should wake up. */
  readonly woken: () => void;
  readonly progress: (check: string, text: string) => void;
  /** Labels of units of other stacks that a person stopped. */
  readonly stoppedUnits: () => readonly string[];
  /** A check has answered. Called often; must be cheap. */
  readonly looked: () => void;
};

/** A stack that was not found is looked for again this often, milliseconds. */
const relocateMs = 30_000;
/** Shortest time between two searches that something out of turn asks for: what changes without end must not keep us searching. Milliseconds. */
const relocateGapMs = 1_000;
/** The ticks of the last two hours. */
const ticks = { slots: 24, slotMs: 300_000 };

/** Watches one stack: where it is, what its checks brought, what follows from it. */
export class StackWatch {
  readonly stack: Stack;
  readonly runs: CheckRuns;
  private readonly options: StackWatchOptions;
  /** What a look gets: nothing that acts, and its time stands still while we cannot listen, so that our own lateness is nobody else's silence. */
  private readonly lookPorts: Ports;
  private installation: Installation | null = null;
  private locateTrouble: string | undefined;
  private locatedAt: number | undefined;
  private locating: Promise<void> | undefined;
  /** When somebody last asked to look for the stack out of turn, and when the next such search is due. Epoch milliseconds. */
  private searchAskedMs = Number.NEGATIVE_INFINITY;
  private searchDueMs = Number.POSITIVE_INFINITY;
  private memory: StackMemory = noMemory;
  private intent: Intent | undefined;
  private unwatch: (() => void) | undefined;
  private stopped = false;
  private state: StackState;
  /** Something arrived that `state` does not show yet. */
  private isBehind = false;
  /** Something waits for a repeat, either to be believed or to be believed gone. */
  private isUnsettled = false;
  private remembered: { readonly light: Light; readonly at: number } | undefined;

  constructor(options: StackWatchOptions) {
    this.options = options;
    this.stack = options.stack;
    const { acting: _never, ...ports } = options.ports;
    this.lookPorts = { ...ports, clock: listeningClock(ports.clock) };
    this.runs = new CheckRuns({
      clock: options.ports.clock,
      once: options.once,
      context: (checkId) => this.context(checkId),
      ended: (outcome, before, after) => this.ended(outcome, before, after),
      woken: options.woken,
    });
    this.state = this.evaluateNow().state;
  }

  get snapshot(): StackState {
    if (this.isBehind) this.look();
    return this.state;
  }

  /** Why the newest look for the stack failed, while an older one still serves. */
  get note(): string | undefined {
    return this.installation === null || this.locateTrouble === undefined
      ? undefined
      : `Could not look for ${this.stack.title} again: ${this.locateTrouble}`;
  }

  /** True once the stack was looked for and every check that drives the light has answered or failed. */
  get settled(): boolean {
    const answered = [...this.runs.records.values()].every(
      (r) => r.check.lane === "deep" || r.last !== undefined || r.trouble !== undefined,
    );
    return this.locatedAt !== undefined && answered;
  }

  /** Finds the stack, or finds it again; an installation that worked is kept when looking fails. */
  locate(): Promise<void> {
    this.locating ??= this.locateNow().finally(() => {
      this.locating = undefined;
    });
    return this.locating;
  }

  private async locateNow(): Promise<void> {
    const located = await locateStack(this.stack, this.context("locate"));
    if (located.kind === "located") this.adopt(located.installation);
    this.locateTrouble = located.kind === "trouble" ? located.reason : undefined;
    this.locatedAt = this.options.ports.clock.nowMs();
    this.refresh();
  }

  private adopt(installation: Installation | null): void {
    if (this.stopped) return;
    this.runs.adopt(installation?.checks ?? []);
    this.unwatch?.();
    this.installation = installation;
    this.unwatch = this.options.once
      ? undefined
      : installation?.watch?.({ ...this.context("watch"), signal: new AbortController().signal });
  }

  private context(checkId: string): Omit<ProbeContext, "signal"> {
    const { learnSecret, progress } = this.options;
    return { ports: this.lookPorts, learnSecret, nudge: (ids) => this.nudge(ids), progress: (text) => progress(checkId, text) };
  }

  /** Makes the named checks due now; `*` looks for the stack again first, or soon when that was asked for a moment ago. */
  nudge(ids: readonly string[]): void {
    if (this.stopped || this.options.once) return;
    if (ids.includes("*")) this.relocateSoon();
    else this.runs.nudge(ids);
    this.options.woken();
  }

  private relocateSoon(): void {
    const nowMs = this.options.ports.clock.nowMs();
    this.searchDueMs = Math.max(nowMs, this.searchAskedMs + relocateGapMs);
    if (this.searchDueMs <= nowMs) this.search(nowMs);
  }

  private search(nowMs: number): void {
    this.searchAskedMs = nowMs;
    this.searchDueMs = Number.POSITIVE_INFINITY;
    void this.locate().then(this.options.woken);
  }

  /** The machine slept or the loop was held up, and the wall clock may have been set: what is under way is not about now. */
  discardRound(clockWasSet: boolean): void {
    this.runs.discardRound();
    if (!clockWasSet) return;
    this.runs.replan();
    this.searchAskedMs = Number.NEGATIVE_INFINITY;
    if (Number.isFinite(this.searchDueMs)) this.searchDueMs = this.options.ports.clock.nowMs();
    if (this.locatedAt !== undefined) this.locatedAt = Math.min(this.locatedAt, this.options.ports.clock.nowMs());
  }

  private relocateAt(): number {
    if (this.installation !== null || this.locatedAt === undefined) return this.searchDueMs;
    return Math.min(this.searchDueMs, this.locatedAt + relocateMs);
  }

  /** Earliest moment at which something is due, epoch milliseconds. */
  nextDueMs(): number {
    return Math.min(this.relocateAt(), this.runs.nextDueMs());
  }

  /** Starts everything that is due and waits for nothing. */
  startDue(nowMs: number): void {
    if (nowMs >= this.relocateAt()) this.search(nowMs);
    this.runs.startDue(nowMs);
  }

  /** Good news as before is only noted; anything else is thought through at once, because the next due times depend on it. */
  private ended(outcome: RunOutcome, before: CheckRecord, after: CheckRecord): { readonly unsettled: boolean } {
    if (outcome.kind === "discarded") return { unsettled: this.isUnsettled };
    const isCalm = !this.isUnsettled && [before, after].every(isQuiet);
    if (isCalm) {
      this.isBehind = true;
      this.options.changed();
    } else this.refresh();
    this.remember(outcome.durationMs);
    this.options.looked();
    return { unsettled: this.isUnsettled };
  }

  /** One entry a minute is enough for the ticks, and one for every change. Before every check has answered there is no light to remember. */
  private remember(durationMs: number): void {
    if (!this.settled) return;
    const { clock, history } = this.options.ports;
    const { light } = this.state;
    const at = clock.nowMs();
    if (this.remembered?.light === light && Math.abs(at - this.remembered.at) < 60_000) return;
    this.remembered = { light, at };
    history.append({ stack: this.stack.id, check: "*", light, at, durationMs });
  }

  private evaluateNow(): { readonly state: StackState } {
    const { history, clock } = this.options.ports;
    const nowMs = clock.nowMs();
    const evaluated = evaluate({
      stack: this.stack,
      installation: this.installation,
      ...(this.locateTrouble === undefined ? {} : { locateTrouble: this.locateTrouble }),
      looking: this.locatedAt === undefined,
      records: this.runs.records,
      memory: this.memory,
      nowMs,
      atOnce: this.options.once,
      ticks: history.slots(this.stack.id, { ...ticks, nowMs }),
      tickMs: ticks.slotMs,
      clean: this.options.clean,
      intent: this.intent,
      stoppedUnits: this.options.stoppedUnits(),
    });
    this.memory = evaluated.memory;
    this.isUnsettled = evaluated.unsettled;
    this.isBehind = false;
    return evaluated;
  }

  /** Thinks everything known through once more, so that ages are right; tells nobody. */
  look(): void {
    this.state = this.evaluateNow().state;
  }

  private refresh(): void {
    this.look();
    this.options.changed();
  }

  /** Tells again when an answer has just become too old to believe. */
  ageCheck(nowMs: number): void {
    const lit = new Set(this.snapshot.checks.filter((c) => c.light !== "grey").map((c) => c.id));
    if ([...this.runs.records].some(([id, record]) => lit.has(id) && isStale(record, nowMs))) this.refresh();
  }

  /** Labels of its units while it is stopped on purpose, as of the last time it was thought through. */
  get stoppedUnits(): readonly string[] {
    return this.state.stopped === undefined ? [] : (this.installation?.targets ?? []).map(({ label }) => label);
  }

  get wanted(): Intent | undefined {
    return this.intent;
  }

  /** Whether the newest look brought the finding; a hard one is still shown for a while after it was not brought any more. */
  sees(code: string): boolean {
    return this.memory.confirmations.get(code)?.absent === 0;
  }

  get installed(): Installation | null {
    return this.installation;
  }

  /** What a person wants of the stack; a stop that was wanted is shown as such. */
  intend(intent: Intent | undefined): void {
    this.intent = intent;
    this.refresh();
  }

  /** A remedy of a present finding with what it is about, or undefined when either is not there. */
  remedyFor(code: string, remedyId: string): FoundRemedy | undefined {
    const finding = this.snapshot.findings.find((f) => f.code === code);
    const remedy = this.installation?.remedies.find((r) => r.id === remedyId);
    if (remedy === undefined || finding?.remedies.some((r) => r.id === remedyId) !== true) return undefined;
    return { remedy, params: this.memory.raised.get(code)?.raised.params ?? {} };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unwatch?.();
    await this.runs.stop();
  }
}
