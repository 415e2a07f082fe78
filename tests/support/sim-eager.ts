import { usualBootMs } from "../../main/core/engine/boot-grace.ts";
import { afterRestart, afterVerification, type GateMemory, newMemory, readTargetRecord } from "../../main/core/engine/gate-memory.ts";
import { askGate, type GateFacts } from "../../main/core/engine/repair-gate.ts";
import { newLife, observeUnit, type UnitLife } from "../../main/core/engine/unit-life.ts";
import type { GateAnswer } from "../../main/core/model/plan.ts";
import { chance } from "./sim-chance.ts";
import { SimGateway, type SimSetup } from "./sim-gateway.ts";
import { type Harm, harmOfRestart, harms } from "./sim-oracle.ts";
import { type Case, SimTrouble } from "./sim-trouble.ts";

export type Asking = { readonly life: UnitLife; readonly memory: GateMemory; readonly facts: GateFacts };
export type Gate = (asking: Asking) => GateAnswer;

export const realGate: Gate = ({ life, memory, facts }) => askGate(life, memory, facts);
/** The watchdog that people write: three bad looks and it restarts, at most every two minutes. */
export const naiveGate: Gate = ({ life, memory, facts }) =>
  facts.confirmed && life.steadyMs - (memory.restarts.at(-1)?.steadyMs ?? -Infinity) > 120_000
    ? { kind: "open" }
    : { kind: "closed", reason: "cooldown", sentence: "Wait two minutes" };

export type Tally = {
  hours: number;
  restarts: number;
  harmful: number;
  readonly harm: Record<Harm, number>;
  readonly cases: Case[];
  readonly refused: Record<string, number>;
  readonly first: string[];
};

export const emptyTally = (): Tally => ({
  hours: 0,
  restarts: 0,
  harmful: 0,
  harm: Object.fromEntries(harms.map((harm) => [harm, 0])) as Record<Harm, number>,
  cases: [],
  refused: {},
  first: [],
});

const stepMs = 5_000;
const bootGraceMs = 240_000;
const timer = { kind: "systemd-timer", name: "gateway-heal.timer", evidence: "curl … || systemctl --user restart gateway" } as const;

/** The most eager healer there is: it wants to restart whenever something is red. Only `gate` holds it back. */
export function simulate(setup: SimSetup, hours: number, gate: Gate, tally: Tally): void {
  const luck = chance(setup.seed);
  const gateway = new SimGateway(setup, luck);
  const trouble = new SimTrouble(gateway, luck);
  const countsSleep = luck.is(0.5);
  let life = newLife;
  let memory = newMemory;
  let lastMonoMs: number | undefined;
  let nextLookMs = 0;
  let red = 0;
  let absent = 2;
  let verifyUntilMs: number | undefined;
  gateway.start("person");
  const end = hours * 3_600_000;
  while (gateway.nowMs < end) {
    gateway.step(stepMs);
    trouble.step(stepMs);
    gateway.noteWorks();
    trouble.note(false);
    const { around } = trouble;
    if (gateway.nowMs < around.absentUntilMs) {
      if (lastMonoMs === undefined) continue;
      // Lamplighter ends and starts again: what it knows is what it wrote down.
      ({ life, memory } = readTargetRecord(JSON.parse(JSON.stringify({ life, memory }))));
      lastMonoMs = undefined;
      red = 0;
      absent = 2;
      continue;
    }
    if (gateway.nowMs < nextLookMs) continue;

    const glitched = around.glitches > 0;
    if (glitched) around.glitches -= 1;
    const works = glitched ? (around.glitch === "false" ? false : undefined) : gateway.works;
    const monoMs = gateway.nowMs - (countsSleep ? 0 : around.sleptMs);
    const at = gateway.wallMs;
    const sinceLastMs = lastMonoMs === undefined ? undefined : monoMs - lastMonoMs;
    lastMonoMs = monoMs;
    life = observeUnit(life, { at, sinceLastMs, reading: gateway.reading(), works }, memory.restarts);

    const isRed = works === false || around.providerIncident;
    red = isRed ? red + 1 : absent >= 1 ? 0 : red;
    absent = isRed ? 0 : absent + 1;
    nextLookMs = gateway.nowMs + (red === 0 ? 30_000 : red < 4 ? 5_000 : 15_000);
    if (verifyUntilMs !== undefined) {
      const ok = works === true;
      if (ok || monoMs > verifyUntilMs) {
        memory = afterVerification(life, memory, { ok });
        verifyUntilMs = undefined;
      }
    }
    if (red === 0) continue;
    const facts: GateFacts = {
      nowMs: at,
      title: "the gateway",
      confirmed: red >= 3,
      works,
      bootGraceMs,
      watchdogs: setup.restarter === "known-timer" ? [timer] : [],
      providerIncident: around.providerIncident,
      unitKnown: true,
      throttleMs: gateway.throttleMs,
    };
    const answer = gate({ life, memory, facts });
    if (answer.kind === "closed") {
      tally.refused[answer.reason] = (tally.refused[answer.reason] ?? 0) + 1;
      continue;
    }
    const found = harmOfRestart(gateway);
    tally.restarts += 1;
    if (found.length > 0) tally.harmful += 1;
    for (const harm of found) tally.harm[harm] += 1;
    if (found.length > 0 && tally.first.length < 5)
      tally.first.push(
        JSON.stringify({
          setup,
          atMs: gateway.nowMs,
          found,
          life: { ...life, bootsMs: life.bootsMs.length },
          starts: gateway.startsMs.slice(-4),
        }),
      );
    memory = afterRestart(life, memory, at);
    gateway.start("us");
    trouble.note(true);
    verifyUntilMs = monoMs + usualBootMs(life, bootGraceMs) + 60_000;
  }
  tally.hours += hours;
  // What happens at the very end has no time left to be mended.
  tally.cases.push(...trouble.cases.filter(({ atMs }) => end - atMs > 15 * 60_000));
}
