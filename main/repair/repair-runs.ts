import { CallFailed } from "../core/contract/errors.ts";
import { span } from "../core/engine/words.ts";
import type { RepairRun } from "../core/model/receipt.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { LockOwner } from "../core/ports/locks.ts";
import { claim, lockNames, purposeOf } from "./claim.ts";
import type { Diary } from "./diary.ts";
import { keptMs } from "./kept.ts";
import { outcomeSentence, undoOf } from "./outcome-words.ts";
import { runPlan } from "./run-plan.ts";
import type { RunRecord } from "./run-record.ts";
import { RunStore } from "./run-store.ts";
import { type Answer, RunningRepair } from "./running-repair.ts";
import type { Site } from "./site.ts";
import type { TargetBooks } from "./target-books.ts";
import { undoFiles } from "./undo-files.ts";

export type RepairRunsOptions = {
  readonly ports: Ports;
  readonly acting: ActingPorts;
  readonly books: TargetBooks;
  readonly diary: Diary;
  readonly sites: () => readonly Site[];
  readonly clean: <T>(value: T) => T;
  readonly tell: (run: RepairRun) => void;
};

export type RunLists = {
  readonly running: readonly RepairRun[];
  readonly interrupted: readonly RepairRun[];
  readonly ended: readonly RepairRun[];
};

type Active = { readonly repair: RunningRepair; readonly finished: Promise<void> };

const gone = (): CallFailed => new CallFailed("not-found", "That repair is not known here.");
const newestFirst = (one: RepairRun, other: RepairRun): number => other.startedMs - one.startedMs;

/** The runs of plans: under way here, under way elsewhere, cut off, and ended. One at a time for each stack and service unit. */
export class RepairRuns {
  private readonly options: RepairRunsOptions;
  private readonly active = new Map<string, Active>();
  private readonly store: RunStore;

  constructor(options: RepairRunsOptions) {
    this.options = options;
    this.store = new RunStore(options.acting.state);
  }

  /** Begins a run; `first` is done once the locks are held and before the first step. */
  launch(site: Site, record: RunRecord, first: () => Promise<void>): Promise<RepairRun> {
    return this.holding(record, async (release) => {
      const { id, stack, code, remedy, title } = record.run;
      await this.options.diary.write("repair-started", { repair: id, stack, code, remedy, title });
      await first();
      return this.follow(site, record, release);
    });
  }

  /** Runs `then` with the locks of a record; it must see to their release. A failure to write anything down gives them back. */
  private async holding<T>(record: RunRecord, then: (release: () => Promise<void>) => Promise<T>): Promise<T> {
    const { acting } = this.options;
    const { id, stack, title } = record.run;
    const claimed = await claim(acting.locks, lockNames(stack, record.labels), purposeOf(title, id));
    if (claimed.kind === "failed") throw new CallFailed("refused", `Nothing was done: the lock could not be taken (${claimed.reason}).`);
    if (claimed.kind === "busy") throw new CallFailed("busy", this.whoHolds(claimed.owner));
    try {
      return await then(claimed.release);
    } catch (error) {
      await claimed.release();
      if (error instanceof CallFailed) throw error;
      throw new CallFailed(
        "refused",
        `Nothing more was done: it could not be written down (${error instanceof Error ? error.message : error}).`,
      );
    }
  }

  private whoHolds({ purpose, pid, takenMs }: LockOwner): string {
    const name = purpose.replace(/ \([^()]*\)$/, "");
    return `"${name}" is under way (process ${pid}, for ${span(this.options.ports.clock.nowMs() - takenMs)}). Wait until it has ended.`;
  }

  /** Carries it on in the background. It counts as ended once that is on the disk and the locks are free. */
  private async follow(site: Site, record: RunRecord, release: () => Promise<void>): Promise<RepairRun> {
    const { ports, acting, books, diary, clean, tell } = this.options;
    const repair = new RunningRepair(record, { clock: ports.clock, clean, tell, save: (now) => this.store.save(now) });
    await repair.save();
    const finish = async (): Promise<void> => {
      const ending = await runPlan({ repair, site, ports, acting, books, diary, clean });
      if (ending === undefined) return;
      repair.close(ending);
      await this.store.close(repair.record);
      await diary.write("repair-ended", { repair: repair.run.id, outcome: ending.outcome, sentence: ending.sentence });
    };
    const finished = finish()
      // Whoever waits must hear of an end; the next start finds on the disk what could be written, and offers to go on.
      .catch((error: unknown) => {
        if (repair.run.state === "ended" || repair.isLeft) return;
        const sentence = `Stopped: what was done could not be written down (${error instanceof Error ? error.message : error}).`;
        repair.close({ outcome: "failed", sentence, verifiedBy: [], undo: undoOf(repair.record) });
      })
      .then(release, release)
      .then(() => {
        if (repair.run.state === "ended") repair.announce();
        this.active.delete(repair.run.id);
      });
    this.active.set(repair.run.id, { repair, finished });
    repair.announce();
    return repair.run;
  }

  private running(id: string): RunningRepair {
    const found = this.active.get(id);
    if (found === undefined) throw gone();
    return found.repair;
  }

  answer(id: string, answer: Answer): RepairRun {
    const repair = this.running(id);
    if (!repair.answer(answer)) throw new CallFailed("not-found", "This repair asks nothing now.");
    return repair.run;
  }

  async cancel(id: string): Promise<RepairRun> {
    const repair = this.running(id);
    repair.end("cancelled");
    await this.active.get(id)?.finished;
    return repair.run;
  }

  async get(id: string, waitMs: number): Promise<RepairRun> {
    const here = this.active.get(id);
    return here === undefined ? (await this.find(id)).record.run : here.repair.news(waitMs);
  }

  private async find(id: string): Promise<{ readonly site: Site; readonly record: RunRecord; readonly isOpen: boolean }> {
    for (const site of this.options.sites()) {
      const open = (await this.store.unfinished(site.id)).find(({ run }) => run.id === id);
      const record = open ?? (await this.store.ended(site.id)).find(({ run }) => run.id === id);
      if (record !== undefined) return { site, record, isOpen: open !== undefined };
    }
    throw gone();
  }

  async resume(id: string, how: "finish" | "leave"): Promise<RepairRun> {
    if (this.active.has(id)) throw new CallFailed("busy", "This repair is under way.");
    const { record: known, isOpen } = await this.find(id);
    if (!isOpen) throw new CallFailed("not-found", "This repair has ended.");
    return this.holding(known, async (release) => {
      // Somebody else may have gone on with it before the lock was ours.
      const { site, record, isOpen: stillOpen } = await this.find(id);
      if (!stillOpen) throw new CallFailed("not-found", "This repair has ended meanwhile.");
      const { question: _before, ...run } = record.run;
      await this.options.diary.write("repair-resumed", { repair: id, how });
      if (how === "finish")
        return this.follow(site, { ...record, run: { ...run, state: "running", sentence: `Going on: ${run.title}` } }, release);
      const undo = undoOf(record);
      const left = { ...run, undo, outcome: "interrupted" as const, sentence: outcomeSentence("interrupted", { ...run, undo }, "") };
      return this.shut({ ...record, run: left }, release);
    });
  }

  async undo(id: string, force: boolean): Promise<RepairRun> {
    if (this.active.get(id)?.repair.run.state !== "ended" && this.active.has(id)) throw new CallFailed("busy", "This repair is under way.");
    await this.active.get(id)?.finished;
    const { record: known } = await this.find(id);
    return this.holding(known, async (release) => {
      const { record, site } = await this.find(id);
      const { acting, diary } = this.options;
      if (record.files.length === 0) throw new CallFailed("not-found", "This repair changed no files.");
      if (this.isOld(record.run)) throw new CallFailed("not-found", "What was there before is no longer kept.");
      if (record.run.undo === "done") throw new CallFailed("not-found", "This repair was undone already.");
      await diary.write("undo-started", { repair: id, changes: record.files.map(({ backup }) => backup.path) });
      const undone = await undoFiles(acting.changes, record.files, force);
      await diary.write("undo-ended", { repair: id, ...undone });
      if (undone.kind === "changed-since")
        throw new CallFailed("refused", `Nothing was put back: ${undone.paths.join(", ")} was changed by somebody else since.`);
      if (undone.kind === "failed") throw new CallFailed("refused", `Not everything could be put back: ${undone.reason}`);
      const changed = new Set(record.files.map(({ step }) => step));
      const { question: _before, ...run } = record.run;
      const steps = run.steps.map((step) => (changed.has(step.index) ? { ...step, state: "undone" as const } : step));
      const after = { ...run, steps, undo: "done" as const, outcome: "undone" as const, sentence: outcomeSentence("undone", run, "") };
      const shut = await this.shut({ ...record, run: after }, release);
      void site.lookAgain();
      return shut;
    });
  }

  /** Files a record away as ended. */
  private async shut(record: RunRecord, release: () => Promise<void>): Promise<RepairRun> {
    const run: RepairRun = { ...record.run, state: "ended", endedMs: record.run.endedMs ?? this.options.ports.clock.nowMs() };
    await this.store.close({ ...record, run });
    await release();
    this.options.tell(run);
    return run;
  }

  /** Tells a run that goes on in another process from one that was cut off: the first holds the lock of its stack. */
  async lists(): Promise<RunLists> {
    const perSite = await Promise.all(this.options.sites().map((site) => this.listsOf(site.id)));
    return {
      running: perSite.flatMap((one) => one.running).sort(newestFirst),
      interrupted: perSite.flatMap((one) => one.interrupted).sort(newestFirst),
      ended: perSite.flatMap((one) => one.ended).sort(newestFirst),
    };
  }

  private async listsOf(stack: string): Promise<RunLists> {
    const [open, ended] = await Promise.all([this.store.unfinished(stack), this.store.ended(stack)]);
    const here = [...this.active.values()].flatMap(({ repair: { run } }) => (run.stack === stack && run.state !== "ended" ? [run] : []));
    const others = open.map(({ run }) => run).filter(({ id }) => !this.active.has(id));
    const holder = others.length === 0 ? undefined : await this.holderOf(stack);
    const isElsewhere = ({ id, title }: RepairRun): boolean => holder?.purpose === purposeOf(title, id);
    return {
      running: [...here, ...others.filter(isElsewhere)],
      interrupted: others.filter((run) => !isElsewhere(run)),
      ended: ended.map(({ run }) => this.shown(run)),
    };
  }

  private isOld({ endedMs }: RepairRun): boolean {
    return endedMs !== undefined && endedMs < this.options.ports.clock.nowMs() - keptMs;
  }

  /** What was there before an old repair is no longer kept. */
  private shown(run: RepairRun): RepairRun {
    return run.undo === "available" && this.isOld(run) ? { ...run, undo: "impossible" } : run;
  }

  private async holderOf(stack: string): Promise<LockOwner | undefined> {
    const taken = await claim(this.options.acting.locks, lockNames(stack, []), "A look at what is under way");
    if (taken.kind === "taken") await taken.release();
    return taken.kind === "busy" ? taken.owner : undefined;
  }

  isActive(stack: string): boolean {
    return [...this.active.values()].some(({ repair: { run } }) => run.stack === stack);
  }

  /** Leaves every run where it is, for the next start to go on with; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    for (const { repair } of this.active.values()) repair.end("leaving");
    await Promise.all([...this.active.values()].map(({ finished }) => finished));
  }
}
