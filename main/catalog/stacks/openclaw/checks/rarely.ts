import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { GatewayLink } from "../protocol/link.ts";

/**
 * Keeps a good answer for a while, for questions that leave a line in the gateway's log. It is kept with the link, so that
 * looking for the installation again does not ask again; another credential or address is another question.
 */
export function rarely<Seen>(everyMs: number, isGood: (seen: Seen) => boolean) {
  const kept = new WeakMap<GatewayLink, { readonly about: string; readonly atMs: number; readonly seen: Seen }>();
  return async (link: GatewayLink, about: string, { ports }: ProbeContext, ask: () => Promise<Seen>): Promise<Seen> => {
    const last = kept.get(link);
    const nowMs = ports.clock.nowMs();
    if (last !== undefined && last.about === about && nowMs - last.atMs < everyMs && nowMs >= last.atMs) return last.seen;
    const seen = await ask();
    if (isGood(seen)) kept.set(link, { about, atMs: nowMs, seen });
    else kept.delete(link);
    return seen;
  };
}
