import type { Plan } from "../core/model/plan.ts";
import type { RepairRun, StepRecord } from "../core/model/receipt.ts";
import type { Clock } from "../core/ports/clock.ts";
import { over } from "../over.ts";
import type { RunRecord } from "./run-record.ts";

export type Answer = "done" | "skip" | "stop";

type Surroundings = {
  readonly clock: Clock;
  readonly clean: <T>(value: T) => T;
  /** Resolves when the record is on the disk. */
  readonly save: (record: RunRecord) => Promise<void>;
  readonly tell: (run: RepairRun) => void;
};

/** What a run ends with. */
export type RunEnding = Pick<RepairRun, "outcome" | "sentence" | "verifiedBy" | "undo" | "after" | "progress">;

/** Why a run was ended from outside: a person does not want it any more, or we go away and the next start will offer to go on. */
type Ending = "cancelled" | "leaving";

/** A repair under way: its record, who is told about it, what it asks and how it is ended. */
export class RunningRepair {
  private current: RunRecord;
  private readonly around: Surroundings;
  private readonly ending = new AbortController();
  private endedBy: Ending | undefined;
  private settle: ((answer: Answer) => void) | undefined;
  private readonly waiting = new Set<() => void>();

  constructor(record: RunRecord, around: Surroundings) {
    this.current = record;
    this.around = around;
  }

  get record(): RunRecord {
    return this.current;
  }

  get run(): RepairRun {
    return this.current.run;
  }

  get plan(): Plan {
    return this.current.plan;
  }

  /** Aborts when the run is to end; a step under way ends as soon as it can. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  get isCancelled(): boolean {
    return this.endedBy === "cancelled";
  }

  get isLeft(): boolean {
    return this.endedBy === "leaving";
  }

  /** Everything that is shown passes the redactor; the plan does not, because its words are what is run. */
  change(change: Partial<RepairRun>): void {
    this.current = { ...this.current, run: { ...this.current.run, ...this.around.clean(change) } };
    this.around.tell(this.run);
    if (this.run.state === "asking" || this.run.state === "ended") this.release();
  }

  step(index: number, change: Partial<StepRecord>): void {
    this.change({ steps: this.run.steps.map((step) => (step.index === index ? { ...step, ...change } : step)) });
  }

  note(change: Partial<Pick<RunRecord, "files" | "restarts">>): void {
    this.current = { ...this.current, ...change };
  }

  save(): Promise<void> {
    return this.around.save(this.current);
  }

  /** Stands still until a person has answered; `stop` when the run is ended meanwhile. */
  async ask(kind: "do" | "confirm", step: number, text: string): Promise<Answer> {
    if (this.signal.aborted) return "stop";
    const answered = new Promise<Answer>((resolve) => {
      this.settle = resolve;
    });
    this.step(step, { state: "asking" });
    this.change({ state: "asking", question: { kind, step, text } });
    await this.save();
    const answer = await answered;
    this.settle = undefined;
    const { question: _answered, ...rest } = this.run;
    this.current = { ...this.current, run: { ...rest, state: "running" } };
    this.step(step, { state: "running" });
    return answer;
  }

  /** False when nothing is asked. */
  answer(answer: Answer): boolean {
    const { settle } = this;
    settle?.(answer);
    return settle !== undefined;
  }

  end(by: Ending): void {
    this.endedBy ??= by;
    this.ending.abort(over);
    this.settle?.("stop");
  }

  /** A run that asks or has ended tells everything already; otherwise waits for either, at most `ms`. */
  async news(ms: number): Promise<RepairRun> {
    if (ms <= 0 || this.run.state === "asking" || this.run.state === "ended") return this.run;
    const enough = new AbortController();
    await new Promise<void>((resolve) => {
      this.waiting.add(resolve);
      void this.around.clock.sleep(ms, enough.signal).then(() => {
        this.waiting.delete(resolve);
        resolve();
      });
    });
    enough.abort(over);
    return this.run;
  }

  /** Sets how it ended and tells nobody yet: first it must be on the disk. */
  close(ending: RunEnding): void {
    const { question: _open, ...rest } = this.run;
    const run: RepairRun = { ...rest, ...this.around.clean(ending), state: "ended", endedMs: this.around.clock.nowMs() };
    this.current = { ...this.current, run };
  }

  announce(): void {
    this.change({});
  }

  private release(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
