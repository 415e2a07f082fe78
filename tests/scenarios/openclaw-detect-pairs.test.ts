import { describe, expect, it } from "vitest";
import { findings } from "../../main/catalog/stacks/openclaw/findings/index.ts";
import { covers } from "../../main/core/engine/root-cause.ts";
import { type Fault, faults } from "../support/openclaw-faults.ts";
import { type Looked, lookWith } from "../support/openclaw-faults-look.ts";

const PAIRS = 60;
const SEED = 20_261_120;

/** The same numbers in every run: 0…1, from a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const platformOf = (a: Fault, b: Fault): "macos" | "linux" => (a.platform === "linux" || b.platform === "linux" ? "linux" : "macos");

/** Different problems that one machine can have at once. */
function choosePairs(): readonly (readonly [Fault, Fault])[] {
  const next = numbers(SEED);
  const sociable = faults.filter((one) => one.alone !== true);
  const pick = (): Fault | undefined => sociable[Math.floor(next() * sociable.length)];
  const chosen = new Map<string, readonly [Fault, Fault]>();
  while (chosen.size < PAIRS) {
    const [a, b] = [pick(), pick()];
    if (a === undefined || b === undefined || a.code === b.code) continue;
    chosen.set([a.title, b.title].sort().join(" and "), [a, b]);
  }
  return [...chosen.values()];
}

/** The problem itself, or a present one of which it is declared to be a consequence. */
function isTold({ code }: Fault, { state }: Looked): boolean {
  const present = new Set(state.findings.map((one) => one.code));
  return present.has(code) || findings.some((kind) => present.has(kind.code) && (kind.explains ?? []).some((one) => covers(one, code)));
}

describe("two faults at once", () => {
  it("are both told, or folded under a declared cause, in nine of ten pairs", async () => {
    const missed: string[] = [];
    for (const [a, b] of choosePairs()) {
      const seen = await lookWith([a, b], platformOf(a, b));
      const words = `${a.row} ${a.title} + ${b.row} ${b.title} → ${seen.state.findings.map((one) => one.code).join(", ")}`;
      if (!isTold(a, seen) || !isTold(b, seen)) missed.push(words);

      const firstFollower = seen.state.findings.findIndex((one) => !one.root);
      const lastRoot = seen.state.findings.findLastIndex((one) => one.root);
      expect(firstFollower === -1 || firstFollower > lastRoot, words).toBe(true);
      expect(seen.roots.length, words).toBeGreaterThan(0);
    }
    process.stdout.write(`two faults at once: ${PAIRS - missed.length} of ${PAIRS} pairs told in full\n`);
    expect(missed.length / PAIRS, missed.join("\n")).toBeLessThanOrEqual(0.1);
  });

  it("are never green together when one of them alone is not", async () => {
    const hidden: string[] = [];
    for (const [a, b] of choosePairs()) {
      const { light, state } = await lookWith([a, b], platformOf(a, b));
      const alone = [a.light, b.light].some((one) => one !== "green");
      if (alone && light === "green") hidden.push(`${a.title} + ${b.title}: ${state.findings.map((one) => one.code).join(", ")}`);
    }
    expect(hidden).toEqual([]);
  });
});
