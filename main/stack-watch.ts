import { evaluate, noMemory, type StackMemory } from "./core/engine/evaluate.ts";
import { afterRun, type CheckRecord, isStale, newRecord } from "./core/engine/readings.ts";
import { firstDue, nextDue, pauseMs } from "./core/engine/schedule.ts";
import type { StackState } from "./core/model/snapshot.ts";
import type { Installation, Stack } from "./core/model/stack.ts";
import type { Ports, ProbeContext } from "./core/ports/index.ts";
import { locateStack } from "./locate-stack.ts";
import { type Run, runCheck } from "./prober.ts";

export type StackWatchOptions = {
  readonly stack: Stack;
  readonly ports: Ports;
  readonly once: boolean;
  readonly learnSecret: ProbeContext["learnSecret"];
  /** Something visible changed. */
  readonly changed: () => void;
  /** An earlier look than planned is wanted; the loop should wake up. */
  readonly woken: () => void;
  readonly progress: (check: string, text: string) => void;
};

/** Upper bound of one run in a single look, so that a frozen stack cannot hold up the answer. Milliseconds. */
const onceLimitMs = 1_500;
/** A stack that was not found is looked for again this often, milliseconds. */
const relocateMs = 30_000;
/** Runs of one check that may be stuck at a time before it is left alone. */
const stuckLimit = 3;
export const slotMs = 300_000;
export const slots = 24;

type Slot = { record: CheckRecord; dueMs: number; run?: Run; stuck: number; recovered: boolean };

/** Watches one stack: where it is, what its checks brought, what follows from it. */
export class StackWatch {
  readonly stack: Stack;
  private readonly options: StackWatchOptions;
  private readonly slotsById = new Map<string, Slot>();
  private installation: Installation | null = null;
  private locateTrouble: string | undefined;
  private located = false;
  private locatedAt = 0;
  private locating: Promise<void> | undefined;
  private memory: StackMemory = noMemory;
  private unsettled = false;
  private visible = true;
  private unwatch: (() => void) | undefined;
  private stopped = false;
  private state: StackState;

  constructor(options: StackWatchOptions) {
    this.options = options;
    this.stack = options.stack;
    this.state = this.evaluateNow();
  }

  get snapshot(): StackState {
    return this.state;
  }

  /** True once the stack was looked for and every check that drives the light has answered or failed. */
  get settled(): boolean {
    return (
      this.located &&
      [...this.slotsById.values()].every(
        ({ record }) => record.check.lane === "deep" || record.last !== undefined || record.trouble !== undefined,
      )
    );
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
    this.located = true;
    this.locatedAt = this.options.ports.clock.nowMs();
    this.refresh();
  }

  /** Checks that stay keep their records; the others start anew. */
  private adopt(installation: Installation | null): void {
    if (this.stopped) return;
    const nowMs = this.options.ports.clock.nowMs();
    const wanted = new Map((installation?.checks ?? []).map((check) => [check.id, check]));
    for (const [id, slot] of this.slotsById) {
      if (wanted.has(id)) continue;
      slot.run?.cancel("discarded", "no longer needed");
      this.slotsById.delete(id);
    }
    for (const [id, check] of wanted) {
      const before = this.slotsById.get(id);
      if (before === undefined) this.slotsById.set(id, { record: newRecord(check), dueMs: nowMs, stuck: 0, recovered: false });
      else Object.assign(before, { record: { ...before.record, check }, dueMs: nowMs });
    }
    this.unwatch?.();
    this.installation = installation;
    this.unwatch = this.options.once
      ? undefined
      : installation?.watch?.({ ...this.context("watch"), signal: new AbortController().signal });
  }

  private context(checkId: string): Omit<ProbeContext, "signal"> {
    return {
      ports: this.options.ports,
      learnSecret: this.options.learnSecret,
      nudge: (ids) => this.nudge(ids),
      progress: (text) => this.options.progress(checkId, text),
    };
  }

  /** Makes the named checks due now; `*` looks for the stack again first. */
  nudge(ids: readonly string[]): void {
    if (this.stopped || this.options.once) return;
    if (ids.includes("*")) {
      void this.locate().then(() => this.options.woken());
      return;
    }
    const nowMs = this.options.ports.clock.nowMs();
    for (const id of ids) {
      const slot = this.slotsById.get(id);
      if (slot !== undefined && slot.record.check.lane === "poll") slot.dueMs = Math.min(slot.dueMs, nowMs);
    }
    this.options.woken();
  }

  setVisible(visible: boolean): void {
    if (visible && !this.visible) {
      const nowMs = this.options.ports.clock.nowMs();
      for (const slot of this.slotsById.values())
        slot.dueMs = Math.min(slot.dueMs, nowMs + pauseMs({ everyMs: slot.record.check.everyMs, failures: 0, unsettled: false, visible }));
    }
    this.visible = visible;
  }

  /** Earliest moment at which something is due, epoch milliseconds. */
  nextDueMs(): number {
    const relocate = this.installation === null && this.located ? this.locatedAt + relocateMs : Number.POSITIVE_INFINITY;
    const due = [...this.slotsById.values()]
      .filter((s) => s.record.check.lane === "poll" && s.run === undefined && s.stuck < stuckLimit)
      .map((s) => s.dueMs);
    return Math.min(relocate, ...due);
  }

  /** Starts everything that is due; returns the runs it started. */
  startDue(nowMs: number): readonly Promise<void>[] {
    if (this.installation === null && this.located && nowMs >= this.locatedAt + relocateMs)
      void this.locate().then(() => this.options.woken());
    const due = [...this.slotsById.values()].filter(
      (s) => s.record.check.lane === "poll" && s.run === undefined && s.stuck < stuckLimit && s.dueMs <= nowMs,
    );
    return due.map((slot) => this.start(slot));
  }

  /** Runs every poll check now and resolves when all have answered or failed. */
  async probeAll(): Promise<void> {
    const nowMs = this.options.ports.clock.nowMs();
    for (const slot of this.slotsById.values()) if (slot.record.check.lane === "poll") slot.dueMs = Math.min(slot.dueMs, nowMs);
    this.startDue(nowMs);
    await Promise.all([...this.slotsById.values()].map((slot) => slot.run?.outcome));
    await Promise.resolve();
  }

  /** Runs a deep check; resolves with the reason when it could not be run, else undefined. */
  async runDeep(id: string): Promise<"unknown" | "busy" | { trouble?: string; summary: string }> {
    const slot = this.slotsById.get(id);
    if (slot === undefined || slot.record.check.lane !== "deep") return "unknown";
    if (slot.run !== undefined) return "busy";
    await this.start(slot);
    const { trouble, last } = slot.record;
    return { ...(trouble === undefined ? {} : { trouble: trouble.reason }), summary: trouble?.reason ?? last?.verdict.summary ?? "" };
  }

  cancelDeep(id: string): void {
    const slot = this.slotsById.get(id);
    if (slot?.record.check.lane === "deep") slot.run?.cancel("trouble", "Cancelled");
  }

  /** Drops what is under way: the machine slept or the loop was late, so the answers would not be about now. */
  discardRound(): void {
    for (const slot of this.slotsById.values()) {
      if (slot.record.check.lane === "poll" && slot.run !== undefined) slot.run.cancel("discarded", "not about now");
    }
  }

  private async start(slot: Slot): Promise<void> {
    const { check } = slot.record;
    const limit = this.options.once && check.lane === "poll" ? Math.min(check.timeoutMs, onceLimitMs) : check.timeoutMs;
    const run = runCheck(check, this.context(check.id), this.options.ports.clock, limit);
    slot.run = run;
    slot.record = { ...slot.record, running: true };
    slot.stuck += 1;
    void run.settled.then(() => {
      slot.stuck -= 1;
      this.options.woken();
    });
    const outcome = await run.outcome;
    delete slot.run;
    if (this.stopped || this.slotsById.get(check.id) !== slot) return;
    const { clock, history } = this.options.ports;
    const before = slot.record;
    slot.record = afterRun(before, outcome, clock.nowMs());
    slot.recovered = before.failures > 0 && slot.record.failures === 0;
    this.refresh();
    if (outcome.kind !== "discarded") {
      history.append({ stack: this.stack.id, check: "*", light: this.state.light, at: clock.nowMs(), durationMs: outcome.durationMs });
    }
    this.plan(slot);
    this.options.woken();
  }

  /** After a failure, or a first success, the next look comes soon; otherwise the check keeps to its grid. */
  private plan(slot: Slot): void {
    const nowMs = this.options.ports.clock.nowMs();
    const { check, failures } = slot.record;
    const suspicious = this.unsettled && (failures > 0 || slot.recovered);
    const cadence = { everyMs: check.everyMs, failures: slot.recovered ? 1 : failures, unsettled: suspicious, visible: this.visible };
    const isFirst = slot.record.past.length <= 1 && failures <= 1 && !suspicious;
    slot.dueMs = isFirst
      ? firstDue([...this.slotsById.keys()].indexOf(check.id), nowMs, check.everyMs)
      : nextDue(check.id, slot.dueMs, nowMs, cadence);
    slot.record = { ...slot.record, pauseMs: pauseMs({ ...cadence, unsettled: false, failures }) };
  }

  private evaluateNow(): StackState {
    const { ports } = this.options;
    const nowMs = ports.clock.nowMs();
    const evaluated = evaluate({
      stack: this.stack,
      installation: this.installation,
      ...(this.locateTrouble === undefined ? {} : { locateTrouble: this.locateTrouble }),
      records: new Map([...this.slotsById].map(([id, slot]) => [id, slot.record])),
      memory: this.memory,
      nowMs,
      atOnce: this.options.once,
      ticks: ports.history.slots(this.stack.id, { slots, slotMs, nowMs }),
    });
    this.memory = evaluated.memory;
    this.unsettled = evaluated.unsettled;
    return evaluated.state;
  }

  /** Looks at everything known once more and tells when it reads differently. */
  refresh(): void {
    this.state = this.evaluateNow();
    this.options.changed();
  }

  /** Tells again when an answer has just become too old to believe. */
  ageCheck(nowMs: number): void {
    const aged = [...this.slotsById.values()].some(
      ({ record }) => isStale(record, nowMs) && this.state.checks.find((c) => c.id === record.check.id)?.light !== "grey",
    );
    if (aged) this.refresh();
  }

  /** Plan of a remedy of a present finding, or undefined when either is not there. */
  remedyFor(
    code: string,
    remedyId: string,
  ): { readonly remedy: Installation["remedies"][number]; readonly params: Readonly<Record<string, string | number>> } | undefined {
    const finding = this.state.findings.find((f) => f.code === code);
    const remedy = this.installation?.remedies.find((r) => r.id === remedyId);
    if (finding === undefined || remedy === undefined || !finding.remedies.some((r) => r.id === remedyId)) return undefined;
    return { remedy, params: this.memory.raised.get(code)?.raised.params ?? {} };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unwatch?.();
    for (const slot of this.slotsById.values()) slot.run?.cancel("discarded", "stopping");
    await Promise.all([...this.slotsById.values()].map((slot) => slot.run?.outcome));
  }
}
