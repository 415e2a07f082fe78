import type { Raised } from "../../../../core/model/finding.ts";
import { detailCodeOfMessage, rejectionOf } from "./detail-codes.ts";
import { oneLine } from "./loose.ts";

/** How a connection to the gateway ended. */
export type Ending = { readonly code: number; readonly reason: string };

/** We hung up ourselves, because an answer was longer than we are willing to read. */
export const wasTooLong = ({ code, reason }: Ending): boolean => code === 1009 && /frame was larger than allowed/.test(reason);

/** What the end of a connection means. Close reasons are cut at 120 bytes, so only their beginning is read. */
export function judgeClose({ code, reason }: Ending, source = "connection"): readonly Raised[] {
  const evidence = [{ source, text: oneLine(`Closed with ${code}${reason === "" ? "" : `: ${reason}`}`) }];
  switch (code) {
    case 1002:
      // Without its words the code only says that a frame was malformed, by whichever side noticed it.
      return !/protocol mismatch/i.test(reason) ? [] : [{ code: "openclaw.install.split-brain", evidence }];
    case 1006:
      return [{ code: "openclaw.gateway.not-running", evidence }];
    case 1008: {
      const detail = detailCodeOfMessage(reason);
      const rejection = detail === undefined ? undefined : rejectionOf(detail);
      return [{ code: rejection?.code ?? "openclaw.gateway.follow-up-failed", evidence }];
    }
    case 1011:
      return [
        {
          code: /changed|replaced|install/i.test(reason) ? "openclaw.install.upgrade-drift" : "openclaw.gateway.follow-up-failed",
          evidence,
        },
      ];
    case 1012:
      // Stop and restart both say "service restart"; what comes next is decided by the shutdown event and the next look.
      return /capabilities changed|protocol upgraded/i.test(reason) ? [] : [{ code: "openclaw.gateway.booting", evidence }];
    case 1013:
      return [{ code: "openclaw.gateway.booting", evidence }];
    case 4001:
      return [{ code: "openclaw.auth.token-mismatch", light: "amber", evidence }];
    default:
      return [];
  }
}

/** What the `shutdown` event announces: a restart names the time it needs, a stop does not. */
export function readShutdown(payload: unknown): { readonly restart: boolean; readonly expectedMs?: number } {
  const expected =
    typeof payload === "object" && payload !== null && "restartExpectedMs" in payload ? payload.restartExpectedMs : undefined;
  return typeof expected === "number" ? { restart: true, expectedMs: expected } : { restart: false };
}
