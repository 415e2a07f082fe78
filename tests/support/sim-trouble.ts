import type { Chance } from "./sim-chance.ts";
import type { SimGateway } from "./sim-gateway.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Lamplighter's side of a simulated machine: what sleep, clocks and our own restarts do to how it sees. */
export type Surroundings = {
  /** Milliseconds slept so far. */
  sleptMs: number;
  providerIncident: boolean;
  /** Looks that see nothing or the wrong thing, although the gateway works. */
  glitches: number;
  glitch: "false" | "unknown";
  /** True time until which Lamplighter itself does not run. */
  absentUntilMs: number;
};

/** A death or hang that nothing else disturbs and nobody else mends: this is what we are there for. */
export type Case = { readonly atMs: number; readonly what: "crash" | "hang"; clean: boolean; restartedMs?: number; workedMs?: number };

/** Brings one trouble after another over a gateway, by chance. */
export class SimTrouble {
  readonly cases: Case[] = [];
  readonly around: Surroundings = { sleptMs: 0, providerIncident: false, glitches: 0, glitch: "false", absentUntilMs: 0 };
  private readonly gateway: SimGateway;
  private readonly chance: Chance;
  private troubledMs = Number.NEGATIVE_INFINITY;
  private readonly until = new Map<"loop" | "flap" | "provider" | "stop" | "dip", number>();
  private deadMs: number | undefined;

  constructor(gateway: SimGateway, chance: Chance) {
    this.gateway = gateway;
    this.chance = chance;
  }

  private disturb(): void {
    const last = this.cases.at(-1);
    if (last !== undefined && last.workedMs === undefined) last.clean = false;
    this.troubledMs = this.gateway.nowMs;
  }

  private lasts(what: "loop" | "flap" | "provider" | "stop" | "dip", low: number, high: number): void {
    this.until.set(what, this.gateway.nowMs + this.chance.between(low, high));
    this.disturb();
  }

  private isOver(what: "loop" | "flap" | "provider" | "stop" | "dip"): boolean {
    const end = this.until.get(what);
    if (end === undefined || this.gateway.nowMs < end) return false;
    this.until.delete(what);
    this.troubledMs = this.gateway.nowMs;
    return true;
  }

  private open(what: "crash" | "hang"): void {
    const { gateway } = this;
    const isQuiet = gateway.nowMs - this.troubledMs > hourMs && this.until.size === 0;
    const last = this.cases.at(-1);
    if (last !== undefined && last.workedMs === undefined) last.clean = false;
    this.cases.push({ atMs: gateway.nowMs, what, clean: isQuiet && gateway.works && gateway.setup.restarter === "none" });
    this.troubledMs = gateway.nowMs;
  }

  /** What happens within one step of `ms`, each by its rate per hour. */
  step(ms: number): void {
    const { gateway, chance, around } = this;
    const happens = (perHour: number): boolean => chance.is((perHour * ms) / hourMs);
    if (happens(0.4) && gateway.run !== undefined) {
      this.open("crash");
      gateway.crash();
    }
    if (happens(0.15) && gateway.run !== undefined) {
      this.open("hang");
      gateway.run.hung = true;
    }
    if (happens(0.06)) this.lasts("loop", 10 * minuteMs, 40 * minuteMs);
    if (happens(0.08)) this.lasts("flap", 15 * minuteMs, 45 * minuteMs);
    if (happens(0.06)) this.lasts("provider", 20 * minuteMs, 90 * minuteMs);
    if (happens(0.08) && !gateway.stopped && gateway.run?.booted === true) {
      gateway.stop();
      this.lasts("stop", 20 * minuteMs, 240 * minuteMs);
    }
    if (happens(0.08) && !gateway.stopped) {
      this.disturb();
      gateway.start("person");
    }
    if (happens(1)) {
      around.glitches = chance.is(0.5) ? 1 : 2;
      around.glitch = chance.is(0.7) ? "false" : "unknown";
    }
    // Leaving and sleeping do not coincide: nobody could tell one from the other afterwards.
    if (happens(0.1)) around.absentUntilMs = gateway.nowMs + chance.between(5_000, 60_000);
    else if (around.absentUntilMs <= gateway.nowMs) {
      if (happens(0.12)) this.sleep(chance.between(5 * minuteMs, 300 * minuteMs));
      if (happens(0.15)) this.jump(chance.between(-6, 6) * hourMs);
      if (happens(0.15)) this.jump(chance.between(-5, 5) * minuteMs);
    }
    this.phases();
  }

  private phases(): void {
    const { gateway, chance, around } = this;
    this.isOver("loop");
    if (this.until.has("loop") && !gateway.loops && gateway.run !== undefined) gateway.crash();
    gateway.loops = this.until.has("loop");
    this.isOver("flap");
    if (this.until.has("flap")) {
      if (!this.until.has("dip")) {
        gateway.dips = !gateway.dips;
        this.until.set("dip", gateway.nowMs + chance.between(25_000, 70_000));
      } else this.isOver("dip");
    } else {
      gateway.dips = false;
      this.until.delete("dip");
    }
    this.isOver("provider");
    around.providerIncident = this.until.has("provider");
    if (this.isOver("stop") && gateway.stopped) gateway.start("person");
    this.personComes();
  }

  /** Nobody stays down for ever: after two hours somebody looks and starts it. */
  private personComes(): void {
    const { gateway } = this;
    if (gateway.works || gateway.stopped) this.deadMs = undefined;
    else this.deadMs ??= gateway.nowMs;
    if (this.deadMs === undefined || gateway.nowMs - this.deadMs < 2 * hourMs) return;
    this.deadMs = gateway.nowMs;
    this.disturb();
    gateway.start("person");
  }

  private sleep(ms: number): void {
    this.gateway.nowMs += ms;
    this.around.sleptMs += ms;
    for (const [what, end] of this.until) this.until.set(what, end + ms);
    this.disturb();
  }

  private jump(ms: number): void {
    this.gateway.offsetMs += ms;
    this.disturb();
  }

  /** Keeps the books of the cases: when it was restarted by us, when it worked again. */
  note(restartedByUs: boolean): void {
    const last = this.cases.at(-1);
    if (last === undefined || last.workedMs !== undefined) return;
    if (restartedByUs) last.restartedMs ??= this.gateway.nowMs;
    if (this.gateway.works) last.workedMs = this.gateway.nowMs;
  }
}
