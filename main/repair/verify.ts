import { span } from "../core/engine/words.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { RunningRepair } from "./running-repair.ts";
import type { Site } from "./site.ts";
import { sameUnit } from "./touched-units.ts";

/** `verifiedBy` are titles of checks; `reason` says what proved it, or what still stands in the way. */
export type Proof = { readonly ok: boolean; readonly verifiedBy: readonly string[]; readonly reason: string };

/** Good looks in a row that are believed, and the pause between two looks, milliseconds. */
const looksNeeded = 2;
const pauseMs = 2_000;
/** How long to go on looking when nothing was restarted, milliseconds. */
const settlingMs = 12_000;

type Looking = {
  readonly repair: RunningRepair;
  readonly site: Site;
  readonly ports: Ports;
  readonly acting: ActingPorts;
  readonly bootMs: number;
};

/**
 * Checks that can prove the repair: those the plan itself looks at again, those that prove the unit it restarted, or else all that
 * drive the light. The ones that raised the finding are left out as long as another remains.
 */
export function proofsOf({ repair, site }: Pick<Looking, "repair" | "site">): readonly string[] {
  const labels = repair.record.labels;
  const planned = repair.plan.effects.flatMap(({ effect }) => (effect.do === "recheck" ? [effect.check] : []));
  const ofTargets = site.targets.filter(({ label }) => labels.some((one) => sameUnit(one, label))).flatMap(({ proofs }) => proofs);
  const polled = site.checks.filter(({ lane }) => lane === "poll");
  const known = new Set(polled.map(({ id }) => id));
  const named = [...new Set([...planned, ...ofTargets])].filter((id) => known.has(id));
  const raising = new Set(site.raisedBy(repair.plan.code));
  const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => !raising.has(id));
  const driving = polled.filter((one) => one.drivesLight).map(({ id }) => id);
  return [others(named), others(driving), named, driving].find((ids) => ids.length > 0) ?? [];
}

/** After a stop the proof is that the unit does not run. */
async function isDown({ repair, ports }: Looking): Promise<boolean> {
  const readings = await Promise.all(repair.record.labels.map((label) => ports.services.read(label)));
  return readings.every(
    (reading) => reading.kind === "not-loaded" || (reading.kind === "loaded" && reading.pid === undefined && reading.state !== "running"),
  );
}

async function verifyStopped(looking: Looking): Promise<Proof> {
  const { clock } = looking.ports;
  const endMs = clock.monotonicMs() + settlingMs;
  while (!looking.repair.signal.aborted) {
    if (await isDown(looking)) {
      await looking.site.lookAgain();
      return { ok: true, verifiedBy: ["Service unit"], reason: `${looking.site.title} is stopped, as you wanted` };
    }
    if (clock.monotonicMs() >= endMs) break;
    await clock.sleep(pauseMs, looking.repair.signal);
  }
  return { ok: false, verifiedBy: [], reason: "its service unit still runs" };
}

/** Something else may still be wrong: then the repair did its part, and says so beside what is left. */
function provedWords({ present }: Site, title: string, by: readonly string[]): string {
  const proof = `proved by ${by.join(", ")}`;
  return present.light === "green"
    ? `${present.sentence}; ${proof}`
    : `"${title}" did its part, ${proof}. Still there: ${present.sentence}`;
}

/** Looks until the proofs are green twice and the finding is gone, at most as long as the unit usually boots. */
export async function verify(looking: Looking, proofs: readonly string[], progress: (text: string) => void): Promise<Proof> {
  const { repair, site, ports, bootMs } = looking;
  if (repair.record.personWants === "stopped") return verifyStopped(looking);
  const { clock } = ports;
  const titleOf = (id: string): string => site.checks.find((one) => one.id === id)?.title ?? id;
  const endMs = clock.monotonicMs() + Math.max(settlingMs, bootMs);
  let good = 0;
  let missing = "nothing here can prove it";
  while (!repair.signal.aborted) {
    await site.lookAgain();
    const able = proofs.filter((id) => site.applies(id));
    const seen = able.map((id) => ({ id, light: site.lampOf(id) }));
    const bad = seen.find(({ light }) => light !== "green");
    good = bad === undefined && seen.length > 0 ? good + 1 : 0;
    const finding = site.present.findings.find(({ code }) => code === repair.plan.code);
    if (good >= looksNeeded && finding === undefined)
      return { ok: true, verifiedBy: able.map(titleOf), reason: provedWords(site, repair.plan.title, able.map(titleOf)) };
    if (bad !== undefined) missing = `${titleOf(bad.id)} is ${bad.light === "grey" ? "not known" : bad.light}`;
    else if (finding !== undefined) missing = `"${finding.title}" is still seen`;
    const leftMs = endMs - clock.monotonicMs();
    if (leftMs <= 0) break;
    progress(`Checking that it works: ${good > 0 ? `${good} of ${looksNeeded} looks are good` : missing}, up to ${span(leftMs)} more`);
    await clock.sleep(Math.min(pauseMs, leftMs), repair.signal);
  }
  return { ok: false, verifiedBy: [], reason: missing };
}
