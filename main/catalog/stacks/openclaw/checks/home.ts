import { oneLine } from "../knowledge/loose.ts";
import { findBarrier } from "../place/place.ts";
import type { OpenClawSettings } from "../settings.ts";
import { ownCheck } from "./own-check.ts";

/** Why we may not look; null once we may. */
type HomeSeen = { readonly reason: string | null };

/** Stands alone where OpenClaw would be in a folder that this account may not see: then nothing else can be known. */
export const homeCheck = (settings: OpenClawSettings) =>
  ownCheck<HomeSeen>(
    { id: "home", title: "We may look for OpenClaw", kind: "config-file", everyMs: 15_000, timeoutMs: 3_000 },
    async (context) => {
      const barrier = await findBarrier(settings, context);
      if (barrier === null) context.nudge(["*"]);
      return { reason: barrier?.reason ?? null };
    },
    ({ reason }) => ({
      light: "grey",
      summary: reason === null ? "Its folder can be seen again" : oneLine(`Not known whether OpenClaw is here: ${reason}`, 160),
    }),
  );
