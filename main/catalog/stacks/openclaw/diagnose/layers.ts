import type { Raised } from "../../../../core/model/finding.ts";
import { judgeLadder, type Rung, type RungState } from "../knowledge/ladder.ts";
import type { Situation } from "./situation.ts";

const yes = (holds: boolean | undefined): RungState => (holds === undefined ? "unknown" : holds ? "yes" : "no");

/** The layers from the ground up, as far as each could be asked. */
export function rungsOf({ owner, process, readiness, session, up }: Situation): readonly Rung[] {
  return [
    {
      name: "process",
      state: process?.owner === undefined ? "unknown" : yes(process.owner.state !== "stopped"),
      said: process?.owner === undefined ? "no process of its own here" : `process ${process.owner.pid} ${process.owner.state}`,
    },
    {
      name: "port",
      state: owner === undefined || owner.kind === "hidden" ? "unknown" : yes(owner.kind !== "nobody" && owner.kind !== "stranger"),
      said: `held by ${owner?.kind ?? "?"}`,
    },
    {
      name: "/healthz",
      state: up === "unknown" ? "unknown" : yes(up === "yes"),
      said: up === "yes" ? "says it is live" : `answers: ${up}`,
    },
    { name: "/readyz", state: yes(readiness.ready), said: readiness.failing.join(", ") || "ready" },
    { name: "connect", state: session === undefined ? "unknown" : yes(session.kind === "in"), said: session?.kind ?? "not tried" },
  ];
}

/** Speaks only where nothing more exact does: the gateway is live, and the connection fails without a reason. */
export function judgeLayers(now: Situation): readonly Raised[] {
  const { session } = now;
  if (now.up !== "yes" || session === undefined) return [];
  const unexplained =
    session.kind === "foreign" ||
    (session.kind === "closed" && session.close.code !== 1012 && session.close.code !== 1013) ||
    (session.kind === "unreachable" && session.how !== "rejected");
  return unexplained ? judgeLadder(rungsOf(now)) : [];
}
