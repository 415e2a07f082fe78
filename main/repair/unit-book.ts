import { afterRestart, afterVerification, GateMemory, newMemory, readTargetRecord } from "../core/engine/gate-memory.ts";
import { newLife, observeUnit, type UnitLife, type UnitSeen } from "../core/engine/unit-life.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { StateStore } from "../core/ports/state-store.ts";

type Needs = { readonly clock: Clock; readonly state: StateStore };
type Seen = Pick<UnitSeen, "reading" | "works" | "worksAt">;

/** What another process wrote about our restarts is read anew this often, and the life of a quiet unit is written this often, milliseconds. */
const memoryMs = 5_000;
const saveMs = 15_000;

/** What may not be lost when we are ended: that something began, worked or was stopped. */
const marks = ({ state, run, stop, flaps, starts }: UnitLife): string =>
  JSON.stringify([state, run?.booted, run?.ended, stop?.at, flaps.flapping, starts.length]);

/**
 * The life of one service unit and what the gate remembers of it, on the disk under two keys: the life is written by everybody who
 * watches and the last one wins; the gate's memory is written only by who holds the lock of the unit, so that no restart is forgotten.
 */
export class UnitBook {
  private readonly needs: Needs;
  private readonly keys: { readonly life: string; readonly memory: string };
  private life: UnitLife = newLife;
  private memory: GateMemory = newMemory;
  private isRead = false;
  private memoryReadMs = Number.NEGATIVE_INFINITY;
  private lookedMs: number | undefined;
  private savedMs = Number.NEGATIVE_INFINITY;
  private last: Promise<unknown> = Promise.resolve();

  constructor(label: string, needs: Needs) {
    this.needs = needs;
    this.keys = { life: `target/${label}`, memory: `gate/${label}` };
  }

  /** As far as it is known in this process. */
  get now(): UnitLife {
    return this.life;
  }

  /** Takes one look into account and gives what is known then. One after the other, in the order of the calls. */
  see(seen: Seen): Promise<{ readonly life: UnitLife; readonly memory: GateMemory }> {
    const next = this.last.then(() => this.seeNow(seen));
    this.last = next.catch(() => {});
    return next;
  }

  private async seeNow(seen: Seen): Promise<{ readonly life: UnitLife; readonly memory: GateMemory }> {
    const { clock } = this.needs;
    await this.read();
    const nowMs = clock.monotonicMs();
    const sinceLastMs = this.lookedMs === undefined ? undefined : nowMs - this.lookedMs;
    this.lookedMs = nowMs;
    const before = marks(this.life);
    this.life = observeUnit(this.life, { at: clock.nowMs(), sinceLastMs, ...seen }, this.memory.restarts);
    if (marks(this.life) !== before || nowMs - this.savedMs >= saveMs) await this.save();
    return { life: this.life, memory: this.memory };
  }

  private async read(): Promise<void> {
    const { clock, state } = this.needs;
    const nowMs = clock.monotonicMs();
    if (!this.isRead) {
      const [life, memory] = await Promise.all([state.read(this.keys.life), state.read(this.keys.memory)]);
      ({ life: this.life, memory: this.memory } = readTargetRecord({ life, memory }));
      this.isRead = true;
      this.memoryReadMs = nowMs;
    } else if (nowMs - this.memoryReadMs >= memoryMs) {
      const memory = GateMemory.safeParse(await state.read(this.keys.memory));
      if (memory.success) this.memory = memory.data;
      this.memoryReadMs = nowMs;
    }
  }

  private async save(): Promise<void> {
    this.savedMs = this.needs.clock.monotonicMs();
    // A full disk must not keep anybody from looking.
    await this.needs.state.write(this.keys.life, this.life).catch(() => {});
  }

  /** To be called with the unit's lock held, before a start or restart is carried out. Rejects when it cannot be written. */
  async restarted(at: number): Promise<void> {
    await this.remember((memory) => afterRestart(this.life, memory, at));
  }

  /** To be called with the unit's lock held. */
  async verified(seen: { readonly ok: boolean; readonly code: string }): Promise<void> {
    await this.remember((memory) => afterVerification(this.life, memory, seen));
  }

  private async remember(change: (memory: GateMemory) => GateMemory): Promise<void> {
    this.memoryReadMs = Number.NEGATIVE_INFINITY;
    await this.read();
    this.memory = change(this.memory);
    await this.needs.state.write(this.keys.memory, this.memory);
  }

  /** Writes down what is known; resolves when everything before is done. */
  async close(): Promise<void> {
    await this.last;
    if (this.isRead) await this.save();
  }
}
