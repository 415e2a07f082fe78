import { randomUUID } from "node:crypto";
import { CallFailed } from "../core/contract/errors.ts";
import type { Plan } from "../core/model/plan.ts";
import type { Intent, RepairRun } from "../core/model/receipt.ts";
import type { ActingPorts, AppPorts } from "../core/ports/index.ts";
import type { DeliberateStops } from "./deliberate-stops.ts";
import { Diary, journalRow } from "./diary.ts";
import { questionFor } from "./gate-question.ts";
import { type Operation, operationPlan } from "./operation-plan.ts";
import { planOf, preparePlan } from "./prepare-plan.ts";
import { RepairRuns, type RunLists } from "./repair-runs.ts";
import type { RunRecord } from "./run-record.ts";
import { type Site, seenAt } from "./site.ts";
import type { TargetBooks } from "./target-books.ts";
import { unitsOf } from "./touched-units.ts";

export type RepairsOptions = {
  readonly ports: AppPorts;
  /** False for a single look. */
  readonly watching: boolean;
  readonly sites: () => readonly Site[];
  readonly clean: <T>(value: T) => T;
  readonly tell: (run: RepairRun) => void;
};

type Wanted = "running" | "stopped";
/** What acts, and what is written down about it. */
type Means = { readonly acting: ActingPorts; readonly books: TargetBooks; readonly stops: DeliberateStops };
type Hands = Means & { readonly runs: RepairRuns };

const confirmations = { safe: 0, disruptive: 1, destructive: 2 } as const;
const given = { no: 0, once: 1, twice: 2 } as const;
export type Confirmed = keyof typeof given;
type Wish = { stack: string; code: string; remedy: string; confirmed: Confirmed; seal?: string | undefined };

/** Everything that changes something: plans, their runs, and what became of them. */
export class Repairs {
  private readonly options: RepairsOptions;
  private readonly hands: Hands | undefined;

  /** `means` is absent where nothing can be repaired. */
  constructor(options: RepairsOptions, means: Means | undefined) {
    this.options = options;
    if (means === undefined) return;
    const diary = new Diary(means.acting.journal, options.clean);
    this.hands = { ...means, runs: new RepairRuns({ ...options, ...means, diary }) };
  }

  /** The runs themselves; the call fails where nothing can be repaired. */
  get runs(): RepairRuns {
    return this.needHands().runs;
  }

  private needHands(): Hands {
    if (this.hands === undefined) throw new CallFailed("not-here", "Nothing can be repaired from here.");
    return this.hands;
  }

  private site(id: string): Site {
    const found = this.options.sites().find((site) => site.id === id);
    if (found === undefined) throw new CallFailed("not-found", `There is no stack called ${id}.`);
    return found;
  }

  /** `brief` leaves out what takes time: asking the gate and looking for other restarters. */
  async preview(stack: string, code: string, remedy: string, brief = false): Promise<Plan> {
    const site = this.site(stack);
    const found = site.remedyFor(code, remedy);
    if (found === undefined) throw new CallFailed("not-found", "That finding is gone, or has no such remedy. Check again.");
    const plan = await preparePlan(planOf(code, found), this.hands?.acting);
    return brief || this.hands === undefined ? plan : this.hands.books.withGate(plan, questionFor(plan, site));
  }

  async previewOperation(stack: string, operation: Operation): Promise<Plan> {
    const site = this.site(stack);
    const target = site.targets[0];
    if (target === undefined) throw new CallFailed("not-here", `${site.title} has no service unit that could be started or stopped.`);
    const reading = await this.options.ports.services.read(target.label);
    const { acting, books } = this.needHands();
    const plan = await preparePlan(operationPlan(operation, target, reading), acting);
    return books.withGate(plan, questionFor(plan, site, operation === "stop" ? "stopped" : "running"));
  }

  async start(wish: Wish): Promise<RepairRun> {
    this.needHands();
    const plan = await this.preview(wish.stack, wish.code, wish.remedy);
    // What was agreed to is what was shown: another process, file or step needs another yes.
    if (wish.seal !== undefined && wish.seal !== plan.seal)
      throw new CallFailed("refused", "Nothing was done: the plan has changed since it was shown. Look at it again.");
    if (given[wish.confirmed] < confirmations[plan.risk])
      throw new CallFailed("refused", `This plan is ${plan.risk} and must be confirmed ${plan.risk === "destructive" ? "twice" : "once"}.`);
    return this.launch(this.site(wish.stack), plan);
  }

  /** A person wants it: that is remembered, so that a stop is not taken for a failure. */
  async operate(stack: string, operation: Operation): Promise<RepairRun> {
    const plan = await this.previewOperation(stack, operation);
    return this.launch(this.site(stack), plan, operation === "stop" ? "stopped" : "running");
  }

  private async launch(site: Site, plan: Plan, personWants?: Wanted): Promise<RepairRun> {
    const { runs, stops } = this.needHands();
    if (plan.gate?.kind === "closed") throw new CallFailed("refused", plan.gate.sentence);
    const { clock, environment } = this.options.ports;
    const at = clock.nowMs();
    const run: RepairRun = {
      id: `${at.toString(36)}-${randomUUID().slice(0, 8)}`,
      stack: site.id,
      code: plan.code,
      remedy: plan.remedy,
      title: plan.title,
      risk: plan.risk,
      state: "running",
      steps: plan.effects.map(({ effect, preview }, index) => ({ index, kind: effect.do, preview, state: "waiting" })),
      startedMs: at,
      before: seenAt(site, at),
      sentence: plan.title,
      verifiedBy: [],
      undo: "not-needed",
    };
    const labels = [...unitsOf(plan.effects)];
    const record: RunRecord = { run, plan, labels, files: [], restarts: [], ...(personWants === undefined ? {} : { personWants }) };
    return runs.launch(site, record, async () => {
      if (personWants !== undefined) await stops.want(site, { stack: site.id, wanted: personWants, by: environment.user, at });
    });
  }

  async list(): Promise<RunLists & { readonly intents: readonly Intent[] }> {
    if (this.hands === undefined) return { running: [], interrupted: [], ended: [], intents: [] };
    const { runs, stops } = this.hands;
    return { ...(await runs.lists()), intents: await stops.of(this.options.sites()) };
  }

  async readJournal(limit: number) {
    if (this.hands === undefined) return { lines: [], whole: true };
    const { journal } = this.hands.acting;
    const [lines, state] = await Promise.all([journal.recent(limit), journal.verify()]);
    return { lines: lines.map(journalRow), whole: state.kind === "whole", ...(state.kind === "whole" ? {} : { damage: state.reason }) };
  }

  isActive(stack: string): boolean {
    return this.hands?.runs.isActive(stack) ?? false;
  }

  async stop(): Promise<void> {
    await this.hands?.runs.stop();
  }
}
