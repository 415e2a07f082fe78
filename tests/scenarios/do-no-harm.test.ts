import { describe, expect, it } from "vitest";
import { noFlaps } from "../../main/core/engine/flapping.ts";
import { type Asking, emptyTally, type Gate, naiveGate, realGate, simulate, type Tally } from "../support/sim-eager.ts";
import type { Restarter, SimSetup } from "../support/sim-gateway.ts";
import { type Harm, harms } from "../support/sim-oracle.ts";

const boots = [30_000, 90_000, 240_000];
const restarters: readonly Restarter[] = ["none", "known-timer", "unknown-timer", "manager", "on-crash"];
const managers = ["launchd", "systemd"] as const;
const setups: readonly SimSetup[] = boots.flatMap((bootMs, b) =>
  restarters.flatMap((restarter, r) =>
    managers.map((manager, m) => ({ bootMs, restarter, manager, seed: 1_000 * b + 100 * r + 10 * m + 7 })),
  ),
);

function simulateAll(gate: Gate, hoursEach: number, seedShift = 0): Tally {
  const tally = emptyTally();
  for (const setup of setups) simulate({ ...setup, seed: setup.seed + seedShift }, hoursEach, gate, tally);
  return tally;
}

/** The real gate that does not see one thing. */
const blind =
  (change: (asking: Asking) => Asking): Gate =>
  (asking) =>
    realGate(change(asking));

const withFacts = (asking: Asking, facts: Partial<Asking["facts"]>): Asking => ({ ...asking, facts: { ...asking.facts, ...facts } });
const withLife = (asking: Asking, life: Partial<Asking["life"]>): Asking => ({ ...asking, life: { ...asking.life, ...life } });

const mutants: readonly (readonly [string, Harm, Gate])[] = [
  ["boots", "booting", blind((asking) => withLife(withFacts(asking, { bootGraceMs: 0 }), { bootsMs: [] }))],
  ["flapping", "flapping", blind((asking) => withLife(asking, { flaps: noFlaps }))],
  ["its own restarts", "over-budget", blind((asking) => ({ ...asking, memory: { ...asking.memory, restarts: [], failures: 0 } }))],
  ["that it works", "healthy", blind((asking) => withFacts(asking, { works: false }))],
  ["that one look proves nothing", "healthy", blind((asking) => withLife(withFacts(asking, { confirmed: true }), { downMs: undefined }))],
  ["a stop on purpose", "deliberately-stopped", blind((asking) => withFacts(asking, { personWants: "running" }))],
  [
    "who else restarts it",
    "after-foreign-restart",
    blind((asking) =>
      withLife(withFacts(asking, { watchdogs: [] }), {
        starts: [],
        state: asking.life.state === "waiting-to-restart" ? "failed" : asking.life.state,
      }),
    ),
  ],
];

const seconds = (ms: number): number => Math.round(ms / 1000);

describe("the most eager healer behind the repair gate", () => {
  it("does no harm in 1,500 simulated hours, and still brings dead and hung gateways back", () => {
    const tally = simulateAll(realGate, 50);
    const mine = tally.cases.filter(({ clean }) => clean);
    const waits = mine.map(({ atMs, restartedMs }) => (restartedMs ?? Number.POSITIVE_INFINITY) - atMs).sort((one, other) => one - other);
    process.stdout.write(
      `do no harm: ${tally.hours} h, ${tally.restarts} restarts, harmful ${JSON.stringify(tally.harm)}; ` +
        `${mine.length} undisturbed deaths and hangs, restarted after ${seconds(waits[Math.floor(waits.length / 2)] ?? 0)} s (median), ` +
        `${seconds(waits.at(-1) ?? 0)} s (longest); refusals ${JSON.stringify(tally.refused)}\n`,
    );
    expect(tally.first).toEqual([]);
    expect(tally.hours).toBeGreaterThanOrEqual(1_000);
    expect(tally.harm).toEqual(Object.fromEntries(harms.map((harm) => [harm, 0])));
    expect(mine.length).toBeGreaterThan(20);
    expect(waits.at(-1)).toBeLessThan(5 * 60_000);
  });

  it("would do harm of every kind with what people usually write: three bad looks, then a restart, at most every two minutes", () => {
    const tally = simulateAll(naiveGate, 10);
    process.stdout.write(
      `with a pause of two minutes for a gate: ${tally.hours} h, ${tally.restarts} restarts, harmful ${JSON.stringify(tally.harm)}\n`,
    );
    for (const harm of harms) expect(tally.harm[harm], harm).toBeGreaterThan(0);
  });

  it.each(mutants)("would do harm when the gate did not see %s", (what, harm, gate) => {
    const tally = simulateAll(gate, 15);
    process.stdout.write(`blind for ${what}: ${tally.restarts} restarts, harmful ${JSON.stringify(tally.harm)}\n`);
    expect(tally.harm[harm]).toBeGreaterThan(0);
  });
});
