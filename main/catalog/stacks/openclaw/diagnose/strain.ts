import type { Raised } from "../../../../core/model/finding.ts";
import { HostThresholds } from "../../../probes/host/index.ts";
import { judgeMemory } from "../../../probes/host/memory.ts";
import type { Situation } from "./situation.ts";

/** A machine short of memory makes log-ins time out, which looks like bad credentials. Raised only when the gateway suffers. */
export function judgeStrain({ memory, readiness, session, up }: Situation): readonly Raised[] {
  if (memory === undefined) return [];
  const opinion = judgeMemory(memory.facts, HostThresholds.parse({}));
  if (opinion.light !== "red" && opinion.light !== "amber") return [];
  const isSlow =
    up === "hung" || readiness.strained !== undefined || session?.kind === "mute" || (session?.kind === "in" && session.pingMs === null);
  // A gateway that is gone may have been killed for memory; a machine that is merely busy did not do that.
  const suffers = isSlow || (up === "no" && opinion.light === "red");
  if (!suffers) return [];
  return [
    {
      code: "openclaw.host.memory-pressure",
      light: opinion.light,
      evidence: [{ source: "memory", text: opinion.words }],
      ruledOut: session?.kind === "in" ? ["Rejected credentials: the gateway let us in"] : [],
    },
  ];
}
