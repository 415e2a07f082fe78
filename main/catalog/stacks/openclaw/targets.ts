import type { Facts } from "../../../core/model/stack.ts";
import type { RepairTarget } from "../../../core/model/target.ts";
import type { GatewayChecks } from "./checks/index.ts";
import { readSituation, type Situation } from "./diagnose/situation.ts";
import type { Place } from "./place/place.ts";

/**
 * Whether the gateway truly works: it answers, is past its start, and speaks to whom it lets in. One that turns us away works as long
 * as it says that it is ready: its answer is about our credential.
 */
export function gatewayWorks({
  readiness,
  session,
  startup,
  up,
}: Pick<Situation, "readiness" | "session" | "startup" | "up">): boolean | undefined {
  if (up === "unknown") return undefined;
  if (up !== "yes" || startup.status === "starting" || startup.status === "draining") return false;
  switch (session?.kind) {
    case "in":
      return session.pingMs !== null && (session.hello.suspension === undefined || session.hello.suspension === "accepting");
    case "refused":
      return readiness.ready === true ? true : undefined;
    case undefined:
      return undefined;
    default:
      return false;
  }
}

/** The service unit of a gateway on this machine; none where there is no service manager. */
export function targetsOf(checks: GatewayChecks, place: Place, bootGraceMs: number): readonly RepairTarget[] {
  const { service } = checks;
  if (place.label === null || service === undefined) return [];
  return [
    {
      label: place.label,
      title: "the gateway",
      ports: [...new Set([place.port, place.configuredPort])],
      words: ["openclaw", "openclaw.mjs", "openclaw-gateway"],
      bootGraceMs,
      unit: (facts: Facts) => facts.of(service)?.reading,
      works: (facts: Facts) => gatewayWorks(readSituation(checks, facts, place, bootGraceMs)),
      proofs: ["session", "ready", "live"],
    },
  ];
}
