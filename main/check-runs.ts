import { afterRun, type CheckRecord, newRecord, type RunOutcome } from "./core/engine/readings.ts";
import { firstDue, nextDue, pauseMs } from "./core/engine/schedule.ts";
import type { Check } from "./core/model/check.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { ProbeContext } from "./core/ports/index.ts";
import { type Run, runCheck } from "./prober.ts";

export type CheckRunsOptions = {
  readonly clock: Clock;
  readonly once: boolean;
  context(checkId: string): Omit<ProbeContext, "signal">;
  /** A record has changed; says whether something of the stack now waits for a repeat. */
  ended(outcome: RunOutcome, before: CheckRecord, after: CheckRecord): { readonly unsettled: boolean };
  /** Something may be due earlier than planned. */
  readonly woken: () => void;
};

/**
 * Upper bound of one run in a single look, so that a frozen stack cannot hold up the answer. Shorter than the patience of who asked
 * for the look, who would otherwise hear "not looked at yet" instead of the reason. Milliseconds.
 */
const onceLimitMs = 1_250;
/** However late it is, every check gets a chance. Milliseconds. */
const shortestMs = 300;
/** Runs of one check that may be stuck at a time before it is left alone. */
const stuckLimit = 3;

/**
 * Shortest time between two looks that something out of turn asks for, milliseconds. Results closer together count as one round
 * anyway, and whoever sends events without end must not keep us busy.
 */
const nudgeGapMs = 700;

type Slot = { record: CheckRecord; dueMs: number; nudgedMs: number; run?: Run; stuck: number; recovered: boolean };

const isPolled = (slot: Slot): boolean => slot.record.check.lane === "poll";
const mayStart = (slot: Slot): boolean => isPolled(slot) && slot.run === undefined && slot.stuck < stuckLimit;

/** The checks of one stack with their records, their runs and their due times. */
export class CheckRuns {
  private readonly options: CheckRunsOptions;
  private readonly byId = new Map<string, Slot>();
  private visible = true;
  private onceMs = onceLimitMs;
  private stopped = false;

  constructor(options: CheckRunsOptions) {
    this.options = options;
  }

  get records(): ReadonlyMap<string, CheckRecord> {
    return new Map([...this.byId].map(([id, slot]) => [id, slot.record]));
  }

  /** Takes over a set of checks. Those that stay keep their records; the others start anew; all are due. */
  adopt(checks: readonly Check[]): void {
    const nowMs = this.options.clock.nowMs();
    const wanted = new Map(checks.map((check) => [check.id, check]));
    for (const [id, slot] of this.byId) {
      if (wanted.has(id)) continue;
      slot.run?.cancel("discarded", "no longer needed");
      this.byId.delete(id);
    }
    for (const [id, check] of wanted) {
      const before = this.byId.get(id);
      if (before === undefined)
        this.byId.set(id, { record: newRecord(check), dueMs: nowMs, nudgedMs: Number.NEGATIVE_INFINITY, stuck: 0, recovered: false });
      else Object.assign(before, { record: { ...before.record, check }, dueMs: nowMs });
    }
  }

  /** Makes the named checks due now, or soon when the last time that was asked for was a moment ago. */
  nudge(ids: readonly string[]): void {
    const nowMs = this.options.clock.nowMs();
    for (const id of ids) {
      const slot = this.byId.get(id);
      if (slot === undefined || !isPolled(slot)) continue;
      const soon = Math.max(nowMs, slot.nudgedMs + nudgeGapMs);
      if (soon < slot.dueMs) Object.assign(slot, { dueMs: soon, nudgedMs: soon });
    }
  }

  /** Somebody starting to look brings due times forward to the cadence of being looked at. */
  setVisible(visible: boolean): void {
    const latest = this.options.clock.nowMs();
    if (visible && !this.visible)
      for (const slot of this.byId.values()) slot.dueMs = Math.min(slot.dueMs, latest + slot.record.check.everyMs);
    this.visible = visible;
  }

  /** Earliest moment at which a check is due, epoch milliseconds; infinity when none is. */
  nextDueMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.byId.values()].filter(mayStart).map((slot) => slot.dueMs));
  }

  /** Starts everything that is due and waits for nothing. */
  startDue(nowMs: number): void {
    for (const slot of this.byId.values()) if (mayStart(slot) && slot.dueMs <= nowMs) void this.start(slot);
  }

  /**
   * Runs every poll check now; resolves when all have answered or failed. In a single look none gets longer than `withinMs`, so that
   * a hung one is told with its reason by then.
   */
  async probeAll(withinMs = onceLimitMs): Promise<void> {
    this.onceMs = Math.round(Math.min(onceLimitMs, Math.max(shortestMs, withinMs)));
    for (const slot of this.byId.values()) if (mayStart(slot)) void this.start(slot);
    await Promise.all([...this.byId.values()].filter(isPolled).map((slot) => slot.run?.outcome));
    await Promise.resolve();
  }

  /** Runs a deep check to its end; the record tells what it brought. */
  async runDeep(id: string): Promise<"unknown" | "busy" | CheckRecord> {
    const slot = this.byId.get(id);
    if (slot === undefined || isPolled(slot)) return "unknown";
    if (slot.run !== undefined) return "busy";
    await this.start(slot);
    return slot.record;
  }

  /**
   * Runs one check of either lane now, with its whole time-out, because somebody waits for the answer. A run under way is about earlier:
   * it is waited for, and then the check runs once more. Undefined when there is no such check, or it is stuck.
   */
  async runNow(id: string): Promise<CheckRecord | undefined> {
    const slot = this.byId.get(id);
    if (slot === undefined) return undefined;
    while (slot.run !== undefined) {
      await slot.run.outcome;
      await Promise.resolve();
    }
    if (slot.stuck >= stuckLimit || this.stopped) return undefined;
    await this.start(slot, slot.record.check.timeoutMs);
    return slot.record;
  }

  cancelDeep(id: string): void {
    const slot = this.byId.get(id);
    if (slot !== undefined && !isPolled(slot)) slot.run?.cancel("trouble", "Cancelled");
  }

  /** Drops what is under way: the machine slept or the loop was late, so the answers would not be about now. It is asked again. */
  discardRound(): void {
    for (const slot of this.byId.values()) if (isPolled(slot)) slot.run?.cancel("discarded", "not about now");
  }

  /** The wall clock was set: what was planned by the old time is due. */
  replan(): void {
    const nowMs = this.options.clock.nowMs();
    for (const slot of this.byId.values()) {
      slot.dueMs = Math.min(slot.dueMs, nowMs);
      slot.nudgedMs = Number.NEGATIVE_INFINITY;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const slot of this.byId.values()) slot.run?.cancel("discarded", "stopping");
    await Promise.all([...this.byId.values()].map((slot) => slot.run?.outcome));
  }

  private limitMs(slot: Slot): number {
    const { timeoutMs } = slot.record.check;
    return this.options.once && isPolled(slot) ? Math.min(timeoutMs, this.onceMs) : timeoutMs;
  }

  private async start(slot: Slot, limitMs = this.limitMs(slot)): Promise<void> {
    const { clock } = this.options;
    const { check } = slot.record;
    const run = runCheck(check, this.options.context(check.id), clock, limitMs);
    slot.run = run;
    slot.record = { ...slot.record, running: true };
    slot.stuck += 1;
    void run.settled.then(() => {
      slot.stuck -= 1;
      this.options.woken();
    });
    const outcome = await run.outcome;
    delete slot.run;
    if (this.stopped || this.byId.get(check.id) !== slot) return;
    const before = slot.record;
    slot.record = afterRun(before, outcome, clock.nowMs());
    if (outcome.kind === "discarded") slot.dueMs = Math.min(slot.dueMs, clock.nowMs());
    else {
      slot.recovered = before.failures > 0 && slot.record.failures === 0;
      this.plan(slot, this.options.ended(outcome, before, slot.record).unsettled);
    }
    this.options.woken();
  }

  /** After a failure, or a first success, the next look comes soon; otherwise the check keeps to its grid. */
  private plan(slot: Slot, unsettled: boolean): void {
    const nowMs = this.options.clock.nowMs();
    const { check, failures } = slot.record;
    const suspicious = unsettled && (failures > 0 || slot.recovered);
    const cadence = { everyMs: check.everyMs, failures: slot.recovered ? 1 : failures, unsettled: suspicious, visible: this.visible };
    const isFirst = slot.record.past.length <= 1 && failures <= 1 && !suspicious;
    slot.dueMs = isFirst
      ? firstDue([...this.byId.keys()].indexOf(check.id), nowMs, check.everyMs)
      : nextDue(check.id, slot.dueMs, nowMs, cadence);
    slot.record = { ...slot.record, pauseMs: pauseMs({ ...cadence, unsettled: false, failures }) };
  }
}
