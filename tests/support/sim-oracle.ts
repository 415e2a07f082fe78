import type { SimGateway } from "./sim-gateway.ts";

export const harms = ["booting", "flapping", "over-budget", "healthy", "deliberately-stopped", "after-foreign-restart"] as const;
export type Harm = (typeof harms)[number];

const halfHourMs = 30 * 60_000;
const flapWindowMs = 10 * 60_000;
const flapChanges = 10;
const recentlyMs = 3 * 60_000;

/**
 * What a human expert who knows everything would call harmful about restarting the gateway at this very moment. Judges the truth of
 * the simulation and real time only; shares no code with the gate.
 */
export function harmOfRestart(gateway: SimGateway): readonly Harm[] {
  const { nowMs, startsMs, changesMs } = gateway;
  const found: Harm[] = [];
  if (gateway.isBootingWell) found.push("booting");
  if (gateway.works) found.push("healthy");
  if (gateway.stopped) found.push("deliberately-stopped");
  const mine = startsMs.filter(({ atMs, by }) => by === "us" && nowMs - atMs < halfHourMs);
  if (mine.length >= 3) found.push("over-budget");
  const others = startsMs.some(({ atMs, by }) => by !== "us" && nowMs - atMs < 2 * gateway.throttleMs);
  if (others) found.push("after-foreign-restart");
  const changes = changesMs.filter((atMs) => nowMs - atMs < flapWindowMs);
  if (changes.length >= flapChanges && nowMs - (changes.at(-1) ?? 0) < recentlyMs) found.push("flapping");
  return found;
}
