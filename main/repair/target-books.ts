import type { ForeignWatchdog, GateAnswer, Plan } from "../core/model/plan.ts";
import type { RepairTarget } from "../core/model/target.ts";
import type { AppPorts } from "../core/ports/index.ts";
import type { Site } from "./site.ts";
import { sameUnit, unitsOf } from "./touched-units.ts";

export type TargetBooksOptions = { readonly ports: AppPorts; readonly sites: () => readonly Site[] };

/** Why the gate is asked: for which finding, or because a person wants it. */
export type GateQuestion = {
  readonly site: Site;
  readonly code: string;
  readonly personWants?: "running" | "stopped" | undefined;
};

/** A unit that no stack describes as a target is given this long to boot, milliseconds. */
const unknownBootMs = 120_000;
/** What else restarts a unit is looked for anew after this long, milliseconds. */
const watchdogsMs = 60_000;

/** What is remembered of each service unit that repairs may interrupt: its boots, our restarts, and whether the gate is open. */
export class TargetBooks {
  private readonly options: TargetBooksOptions;
  private readonly watchdogs = new Map<string, { readonly atMs: number; readonly found: Promise<readonly ForeignWatchdog[]> }>();

  constructor(options: TargetBooksOptions) {
    this.options = options;
  }

  private targetOf(label: string): RepairTarget | undefined {
    return this.options
      .sites()
      .flatMap(({ targets }) => targets)
      .find((one) => sameUnit(one.label, label));
  }

  /** A finished plan with what the gate says to it now, and who else restarts what it touches. */
  async withGate(plan: Plan, site: Site, personWants?: "running" | "stopped"): Promise<Plan> {
    const labels = unitsOf(plan.effects);
    if (labels.length === 0) return plan;
    const answers = await Promise.all(labels.map((label) => this.ask(label, { site, code: plan.code, personWants })));
    const watchdogs = (await Promise.all(labels.map((label) => this.watchdogsOf(label)))).flat();
    const gate: GateAnswer = answers.find(({ kind }) => kind === "closed") ?? { kind: "open" };
    return { ...plan, gate, ...(watchdogs.length === 0 ? {} : { watchdogs }) };
  }

  private watchdogsOf(label: string): Promise<readonly ForeignWatchdog[]> {
    const { clock, acting } = this.options.ports;
    if (acting === undefined) return Promise.resolve([]);
    const atMs = clock.monotonicMs();
    const known = this.watchdogs.get(label);
    if (known !== undefined && atMs - known.atMs < watchdogsMs) return known.found;
    const target = this.targetOf(label);
    // Not to know them is no reason to do nothing: the gate sees foreign restarts by what they do.
    const found = acting.watchdogs
      .find({ labels: [label], ports: target?.ports ?? [], words: target?.words ?? [] })
      .catch((): readonly ForeignWatchdog[] => []);
    this.watchdogs.set(label, { atMs, found });
    return found;
  }

  async ask(_label: string, _question: GateQuestion): Promise<GateAnswer> {
    return { kind: "open" };
  }

  bootMs(label: string): number {
    return this.targetOf(label)?.bootGraceMs ?? unknownBootMs;
  }

  async restarted(_label: string, _at: number): Promise<void> {}

  async verified(_label: string, _seen: { readonly at: number; readonly ok: boolean }): Promise<void> {}

  looked(_site: Site): void {}

  async stop(): Promise<void> {}
}
