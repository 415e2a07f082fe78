import { usualBootMs } from "../core/engine/boot-grace.ts";
import { askGate } from "../core/engine/repair-gate.ts";
import { newLife } from "../core/engine/unit-life.ts";
import type { ForeignWatchdog, GateAnswer, Plan } from "../core/model/plan.ts";
import type { RepairTarget } from "../core/model/target.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";
import { type GateQuestion, gateFacts } from "./gate-question.ts";
import type { Site } from "./site.ts";
import { bareUnit, sameUnit, unitsOf } from "./touched-units.ts";
import { UnitBook } from "./unit-book.ts";

export type TargetBooksOptions = { readonly ports: Ports; readonly acting: ActingPorts; readonly sites: () => readonly Site[] };

/** A unit that no stack describes as a target is given this long to boot, milliseconds. */
const unknownBootMs = 120_000;
/** What else restarts a unit is looked for anew after this long, milliseconds. */
const watchdogsMs = 60_000;

type Known = { readonly site: Site; readonly target: RepairTarget };

/** What is remembered of each service unit that repairs may interrupt: its boots, our restarts, and whether the gate is open. */
export class TargetBooks {
  private readonly options: TargetBooksOptions;
  private readonly books = new Map<string, UnitBook>();
  private readonly readings = new Map<string, ServiceReading | undefined>();
  private readonly starts = new Map<number, Promise<number | undefined>>();
  private readonly watchdogs = new Map<string, { readonly atMs: number; readonly found: Promise<readonly ForeignWatchdog[]> }>();

  constructor(options: TargetBooksOptions) {
    this.options = options;
  }

  private targetOf(label: string): Known | undefined {
    const known = this.options.sites().flatMap((site) => site.targets.map((target) => ({ site, target })));
    return known.find(({ target }) => sameUnit(target.label, label));
  }

  private bookOf(label: string): UnitBook {
    const name = bareUnit(label);
    const book = this.books.get(name) ?? new UnitBook(name, { clock: this.options.ports.clock, state: this.options.acting.state });
    this.books.set(name, book);
    return book;
  }

  /** A finished plan with what the gate says to it now, and who else restarts what it touches. */
  async withGate(plan: Plan, about: GateQuestion): Promise<Plan> {
    const labels = unitsOf(plan.effects);
    if (labels.length === 0) return plan;
    const answers = await Promise.all(labels.map((label) => this.ask(label, about)));
    const watchdogs = (await Promise.all(labels.map((label) => this.watchdogsOf(label)))).flat();
    const gate: GateAnswer = answers.find(({ kind }) => kind === "closed") ?? { kind: "open" };
    return { ...plan, gate, ...(watchdogs.length === 0 ? {} : { watchdogs }) };
  }

  private watchdogsOf(label: string): Promise<readonly ForeignWatchdog[]> {
    const { ports, acting } = this.options;
    const atMs = ports.clock.monotonicMs();
    const known = this.watchdogs.get(label);
    if (known !== undefined && atMs - known.atMs < watchdogsMs) return known.found;
    const target = this.targetOf(label)?.target;
    // Not to know them is no reason to do nothing: the gate sees foreign restarts by what they do.
    const found = acting.watchdogs
      .find({ labels: [label], ports: target?.ports ?? [], words: target?.words ?? [] })
      .catch((): readonly ForeignWatchdog[] => []);
    this.watchdogs.set(label, { atMs, found });
    return found;
  }

  /** Whether the unit may be started, stopped or restarted now. Reads it anew first. */
  async ask(label: string, about: GateQuestion): Promise<GateAnswer> {
    const known = this.targetOf(label);
    const [reading, watchdogs] = await Promise.all([this.options.ports.services.read(label), this.watchdogsOf(label)]);
    const { life, memory } = await this.see(label, known, reading);
    const facts = gateFacts({
      about,
      label,
      reading,
      watchdogs,
      nowMs: this.options.ports.clock.nowMs(),
      bootGraceMs: known?.target.bootGraceMs ?? unknownBootMs,
      ...(known === undefined ? {} : { known }),
    });
    return askGate(life, memory, facts);
  }

  /** launchd does not say since when a job runs; its process does. Asked once for each process, so that it stays the same. */
  private async withStart(reading: ServiceReading): Promise<ServiceReading> {
    if (reading.kind !== "loaded" || reading.state !== "running" || reading.sinceMs !== undefined) return reading;
    const { pid } = reading;
    if (pid === undefined) return reading;
    const since = this.starts.get(pid) ?? this.options.ports.processes.inspect(pid).then((facts) => facts?.startedMs);
    if (this.starts.size > 50) this.starts.clear();
    this.starts.set(pid, since);
    const sinceMs = await since.catch(() => undefined);
    return sinceMs === undefined ? reading : { ...reading, sinceMs };
  }

  private async see(label: string, known: Known | undefined, seen: ServiceReading) {
    const reading = await this.withStart(seen);
    if (known === undefined) return this.bookOf(label).see({ reading });
    const { site, target } = known;
    const answered = target.proofs.flatMap((id) => site.answeredAt(id) ?? []);
    return this.bookOf(label).see({
      reading,
      works: target.works(site.facts),
      ...(answered.length === 0 ? {} : { worksAt: Math.min(...answered) }),
    });
  }

  /** Something new may be known about the units of a stack; a reading that was taken into account is not taken twice. */
  looked(site: Site): void {
    for (const target of site.targets) {
      const reading = target.unit(site.facts);
      if (reading === undefined || this.readings.get(target.label) === reading) continue;
      this.readings.set(target.label, reading);
      void this.see(target.label, { site, target }, reading).catch(() => {});
    }
  }

  /** How long the unit usually takes to boot, milliseconds. */
  bootMs(label: string): number {
    const life = this.books.get(bareUnit(label))?.now ?? newLife;
    return usualBootMs(life, this.targetOf(label)?.target.bootGraceMs ?? unknownBootMs);
  }

  restarted(label: string, at: number): Promise<void> {
    return this.bookOf(label).restarted(at);
  }

  verified(label: string, seen: { readonly ok: boolean; readonly code: string }): Promise<void> {
    return this.bookOf(label).verified(seen);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.books.values()].map((book) => book.close()));
  }
}
