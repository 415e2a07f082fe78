import { oneLine } from "../knowledge/loose.ts";
import { findBarrier } from "../place/place.ts";
import type { OpenClawSettings } from "../settings.ts";
import { ownCheck } from "./own-check.ts";

/** What is in the way, in words; null once nothing is. */
type HomeSeen = { readonly barrier: string | null };

/** Stands alone where OpenClaw would be in a folder that this account may not see: then nothing else can be known. */
export const homeCheck = (settings: OpenClawSettings) =>
  ownCheck<HomeSeen>(
    { id: "home", title: "Home folder", kind: "config-file", everyMs: 15_000, timeoutMs: 3_000 },
    async (context) => {
      const barrier = await findBarrier(settings, context);
      if (barrier === null) context.nudge(["*"]);
      if (barrier === null) return { barrier: null };
      return { barrier: barrier.denied === undefined ? barrier.reason : `Permission denied on ${barrier.denied}` };
    },
    ({ barrier }) => ({
      light: "grey",
      summary: barrier === null ? "It can be seen again" : oneLine(`${barrier}, so OpenClaw may be here unseen`, 160),
    }),
  );
