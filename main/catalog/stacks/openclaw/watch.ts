import type { ProbeContext } from "../../../core/ports/index.ts";
import type { Gateway } from "./checks/gateway.ts";
import { lookUp } from "./knowledge/loose.ts";
import { prune } from "./knowledge/prune.ts";
import { join } from "./place/paths.ts";
import type { GatewaySession } from "./protocol/session.ts";

/** Which checks a thing that happened makes due. */
const affected: Readonly<Record<string, readonly string[]>> = {
  shutdown: ["live", "startup", "ready", "session", "process"],
  "gateway.suspension": ["startup", "ready", "session"],
  "config.changed": ["config", "schema"],
  "models.snapshot": ["models"],
  cron: ["cron"],
  heartbeat: ["cron"],
  "node.presence": ["nodes"],
  "node.pair.requested": ["nodes"],
  "node.pair.resolved": ["nodes"],
  "device.pair.requested": ["devices", "session"],
  "device.pair.resolved": ["devices", "session"],
};
const whenGone = ["live", "ready", "startup", "session", "process", "port", "service"];

/** Health events come often; only a change in what they say about channels is news. */
function channelsOf(payload: unknown): string {
  const channels = typeof payload === "object" && payload !== null && "channels" in payload ? payload.channels : undefined;
  return JSON.stringify(prune(channels ?? null).value, (key, value: unknown) =>
    /At$|At(?:Ms)?$|elapsed|duration|^ts$/i.test(key) ? undefined : value,
  );
}

/** The event lane: keeps the connection open and asks for an early look when the gateway, its files or its end say so. */
export function watchGateway({ place, link }: Gateway, { nudge, ports }: ProbeContext): () => void {
  const release = link.hold();
  let channels: string | undefined;
  let leave: readonly (() => void)[] = [];
  const attend = (session: GatewaySession): void => {
    const hear = session.onEvent(({ event, payload }) => {
      if (event === "health") {
        const now = channelsOf(payload);
        if (channels !== undefined && channels !== now) nudge(["channels"]);
        channels = now;
        return;
      }
      const checks = lookUp(affected, event);
      if (checks !== undefined) nudge(checks);
    });
    leave = [hear, session.onEnded(() => nudge(whenGone))];
  };
  const stops = [
    link.onSession(attend),
    ports.files.watch(place.configPath, () => nudge(["config", "schema"])),
    // The gateway takes and drops its lock here, which tells a start and an orderly stop within a moment.
    ports.files.watch(join(place.stateDir, "tmp", `openclaw-${ports.environment.uid}`), () => nudge(["live", "process"])),
  ];
  return () => {
    for (const stop of [...stops, ...leave]) stop();
    release();
  };
}
