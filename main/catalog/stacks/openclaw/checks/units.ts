import type { Raised } from "../../../../core/model/finding.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ServiceListing } from "../../../../core/ports/service-manager.ts";
import { judgeOtherUnits } from "../knowledge/service-audit.ts";
import { type Starter, startersInCrontab, startersInPm2 } from "../knowledge/starters.ts";
import { join } from "../place/paths.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

const gatewayLike = /openclaw|clawdbot|moltbot|bot\.molt/i;

/** Service units with a gateway's name or command, and what else on this machine starts a gateway. */
export type UnitsSeen = { readonly listings: readonly ServiceListing[]; readonly starters: readonly Starter[] };

async function otherStarters(home: string, { ports, signal }: ProbeContext): Promise<readonly Starter[]> {
  const [dump, crontab] = await Promise.all([
    ports.files.read(join(home, ".pm2/dump.pm2"), { maxBytes: 1_048_576 }),
    ports.commands.run({ file: "crontab", args: ["-l"], timeoutMs: 1_000, maxBytes: 65_536, signal }),
  ]);
  return [
    ...(dump.kind === "text" ? startersInPm2(dump.text) : []),
    ...(crontab.kind === "exited" && crontab.exitCode === 0 ? startersInCrontab(crontab.stdout) : []),
  ];
}

/** `ownLabel` is the unit that should start ours; undefined where there is no service manager. */
export function judgeUnits({ listings, starters }: UnitsSeen, ownLabel: string | undefined): Verdict {
  const units = judgeOtherUnits(listings, ownLabel ?? "");
  // Where nothing else starts ours, the one other starter is how somebody runs it, unless it only restarts what runs already.
  const others = ownLabel === undefined && starters.length === 1 && !/\brestart\b/.test(starters[0]?.words ?? "") ? [] : starters;
  const evidence = others.slice(0, 6).map(({ kind, words }) => ({ source: kind === "cron" ? "crontab" : "pm2", text: words }));
  const findings: Raised[] = [...units];
  if (evidence.length > 0) findings.push({ code: "openclaw.service.extra-gateways", params: { count: evidence.length }, evidence });
  const first = findings[0]?.evidence[0]?.text;
  const summary = first === undefined ? "Nothing else starts a gateway" : `Also: ${first}`.slice(0, 90);
  return { light: worstOf(findings), summary, findings };
}

/** Others that would start a gateway and fight over port and state. `label` is null where there is no service manager. */
export const unitsCheck = ({ place }: Gateway, label: string | null) =>
  ownCheck<UnitsSeen>(
    { id: "units", title: "Others that start it", kind: "service-unit", everyMs: 300_000, timeoutMs: 5_000 },
    async (context) => {
      const [listings, starters] = await Promise.all([context.ports.services.find(gatewayLike), otherStarters(place.home, context)]);
      return { listings, starters };
    },
    (seen) => judgeUnits(seen, label ?? undefined),
  );
