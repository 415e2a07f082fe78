import { check } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { httpProbe } from "../../../probes/http/index.ts";
import { at, number, parseJson, text } from "../knowledge/loose.ts";
import type { Gateway } from "./gateway.ts";

/** What /startupz says. `version` and `uptimeMs` only to callers on loopback. */
export type Startup = { readonly status?: string; readonly version?: string; readonly uptimeMs?: number; readonly pending?: string };

export function readStartup(answer: HttpAnswer | undefined): Startup {
  const body = answer?.kind === "answered" ? parseJson(answer.body) : undefined;
  const status = text(at(body, "status"));
  const version = text(at(body, "version"));
  const uptimeMs = number(at(body, "uptimeMs"));
  const pending = text(at(body, "pendingReason"));
  return {
    ...(status === undefined ? {} : { status }),
    ...(version === undefined ? {} : { version }),
    ...(uptimeMs === undefined ? {} : { uptimeMs }),
    ...(pending === undefined ? {} : { pending }),
  };
}

export function judgeStartup(answer: HttpAnswer): Verdict {
  const { status, version, pending } = readStartup(answer);
  const release = version === undefined ? "" : `, release ${version}`;
  switch (status) {
    case "started":
      return { light: "green", summary: `Started${release}` };
    case "starting":
    case "draining": {
      const words =
        status === "starting" ? `Starting${pending === undefined ? "" : `, waits for ${pending}`}` : "Finishes its work before it stops";
      return {
        light: "amber",
        summary: words,
        findings: [{ code: "openclaw.gateway.booting", evidence: [{ source: "GET /startupz", text: words }] }],
      };
    }
    default:
      // Releases before the summer of 2026 have no such page and answer with their web page.
      return { light: "grey", summary: "Does not tell", applies: false };
  }
}

/** How far the gateway's start has come, and which release it is. */
export const startupCheck = ({ place, link }: Gateway) => {
  const bound = check(
    { id: "startup", title: "Start of the gateway", everyMs: 15_000, timeoutMs: 3_000 },
    httpProbe,
    { url: `${place.target.httpUrl}/startupz`, timeoutMs: 1_000, maxBytes: 4_096 },
    judgeStartup,
  );
  let known: string | undefined;
  return {
    ...bound,
    observe: async (context: Parameters<typeof bound.observe>[0]) => {
      const answer = await bound.observe(context);
      const { uptimeMs, version } = readStartup(answer);
      // Another release runs: what is installed, which is looked at rarely, is not what it was either.
      if (version !== undefined && known !== undefined && known !== version) context.nudge(["installs", "service"]);
      known = version ?? known;
      // A gateway that was restarted since it turned us away may have another opinion now.
      if (uptimeMs !== undefined) link.startedAt(context.ports.clock.nowMs() - uptimeMs);
      return answer;
    },
  };
};
