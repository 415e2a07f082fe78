import type { ServiceListing } from "../../../../core/ports/service-manager.ts";
import { judgeOtherUnits } from "../knowledge/service-audit.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

const gatewayLike = /openclaw|clawdbot|moltbot|bot\.molt/i;

/** Other units that would start a gateway and fight over port and state. */
export const unitsCheck = (label: string) =>
  ownCheck<readonly ServiceListing[]>(
    { id: "units", title: "Other service units", kind: "service-unit", everyMs: 300_000, timeoutMs: 5_000 },
    ({ ports }) => ports.services.find(gatewayLike),
    (listings) => {
      const findings = judgeOtherUnits(listings, label);
      const first = findings[0]?.evidence[0]?.text;
      const summary = first === undefined ? "No other unit starts a gateway" : `Also: ${first}`.slice(0, 90);
      return { light: worstOf(findings), summary, findings };
    },
  );
