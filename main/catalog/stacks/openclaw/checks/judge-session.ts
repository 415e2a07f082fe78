import type { Raised } from "../../../../core/model/finding.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import { judgeClose, wasTooLong } from "../knowledge/close-codes.ts";
import { judgeConnectError, readConnectError } from "../knowledge/connect-errors.ts";
import { at, oneLine, text } from "../knowledge/loose.ts";
import type { Refused } from "../protocol/visit.ts";
import type { SessionSeen } from "./session.ts";

const source = "connect";
type In = Extract<SessionSeen, { kind: "in" }>;

/** Opinion on one knock at the gateway. */
export function judgeSession(seen: SessionSeen): Verdict {
  switch (seen.kind) {
    case "in":
      return judgeIn(seen);
    case "refused":
      return judgeRefused(seen);
    case "closed": {
      if (wasTooLong(seen.close)) return { light: "grey", summary: "Its answer is too long to be read whole" };
      // A connection that was cut says nothing about the process; whether it is there is for other checks to say.
      const findings = seen.close.code === 1006 ? [] : judgeClose(seen.close, source);
      const summary = oneLine(
        `${seen.before === "ping" ? "Let us in, and hung up" : "Hung up before an answer"} (${`${seen.close.code} ${seen.close.reason}`.trim()})`,
        90,
      );
      return findings.length === 0 ? { light: "grey", summary } : { light: "amber", summary, findings };
    }
    case "mute":
      return { light: "grey", summary: seen.before === "challenge" ? "Connected, then silence" : "No answer to our credentials in time" };
    case "foreign":
      return { light: "grey", summary: oneLine(`Not a gateway: ${seen.why}`, 90) };
    case "unreachable":
      return judgeUnreachable(seen);
  }
}

function judgeUnreachable({ how, status, reason }: Extract<SessionSeen, { kind: "unreachable" }>): Verdict {
  if (status === 401 || status === 403 || (status !== undefined && status >= 300 && status < 400)) {
    const words = `Something in front of the gateway refuses the connection (${status})`;
    return {
      light: "amber",
      summary: words,
      findings: [{ code: "openclaw.auth.plane-skew", evidence: [{ source, text: oneLine(`${words}: ${reason}`) }] }],
    };
  }
  // Why nobody is there is for the checks of port and process to say.
  return { light: "grey", summary: how === "rejected" ? `No gateway behind this port (${status})` : "Nobody to talk to", applies: false };
}

/** What a refusal means; a request to be approved carries its number, which the plan needs. */
export function judgeRefusal(said: unknown): readonly Raised[] {
  const requestId = text(at(said, "details", "requestId"));
  return judgeConnectError(said, source).map((raised) => {
    // A refusal nobody knows: live, and yet no way in. The other code would say that we were let in.
    if (raised.code === "openclaw.gateway.follow-up-failed") return { ...raised, code: "openclaw.ladder", params: { rung: "connect" } };
    return requestId === undefined || raised.code !== "openclaw.auth.pairing-required"
      ? raised
      : { ...raised, params: { ...raised.params, requestId } };
  });
}

function judgeRefused(seen: Extract<SessionSeen, { kind: "refused" }>): Verdict {
  const { credentialFrom, credentialProblem } = seen;
  // Being turned away without a credential that we could not look up proves nothing about the gateway.
  if (credentialProblem?.kind === "unreadable")
    return { light: "grey", summary: "Cannot log in: openclaw.json cannot be read", applies: false };
  // It keeps out who does not come through its proxy, as it was told to: no fault, and no look inside either.
  if (credentialProblem?.kind === "proxy" && seen.way === "open" && judgeRefusal(seen.said).every(isAskingWho))
    return { light: "grey", summary: "Lets in only whom its proxy vouches for", applies: false };
  const shown = seen.way === "open" ? "Sent no credential" : `Sent ${credentialFrom}`;
  const more = [{ source, text: credentialProblem === undefined ? shown : `${shown}: ${credentialProblem.text}` }];
  const findings: Raised[] = judgeRefusal(seen.said).map((raised) => ({ ...raised, evidence: [...raised.evidence, ...more] }));
  if (credentialProblem?.kind === "reference") {
    findings.unshift({ code: "openclaw.secrets.ref-unresolved", evidence: [{ source: "openclaw.json", text: credentialProblem.text }] });
  }
  const { detailCode, message } = readConnectError(seen.said);
  return { light: "red", summary: oneLine(`Turned away: ${detailCode ?? (message || "no reason given")}`, 90), findings };
}

/** Who are you? Neither a wrong answer to that nor a gateway that is not ready yet. */
const isAskingWho = ({ code }: Raised): boolean => code === "openclaw.auth.token-missing" || code === "openclaw.auth.plane-skew";

const mayRead = ({ hello }: In): boolean =>
  hello.scopes === undefined || hello.scopes.includes("operator.read") || hello.scopes.includes("operator.admin");

function judgeIn(seen: In): Verdict {
  const { hello, paired, pingMs, way } = seen;
  const findings: Raised[] = seen.refusals.flatMap(demote);
  if (pingMs === null) {
    findings.push({
      code: "openclaw.gateway.frozen",
      light: "amber",
      evidence: [{ source, text: "Let us in, and then did not answer a ping" }],
    });
  }
  if (hello.suspension !== undefined && hello.suspension !== "accepting") {
    findings.push({ code: "openclaw.gateway.booting", evidence: [{ source, text: `Takes no new work: ${hello.suspension}` }] });
  }
  if (!paired || !mayRead(seen)) findings.push(limited(seen));
  const release = hello.version === undefined ? "" : ` (${hello.version})`;
  const how = paired ? "as an approved device" : way === "open" ? "without credentials" : "with the shared secret";
  const worst = findings.find((one) => one.light !== "green");
  if (worst !== undefined)
    return { light: "amber", summary: oneLine(worst.evidence[0]?.text ?? "Let in, with reservations", 90), findings };
  return { light: "green", summary: `Let in ${how}${release}`, findings };
}

/** Another credential opened the door, so that the refused one is a nuisance and no outage. */
const demote = ({ way, said }: Refused): readonly Raised[] =>
  judgeRefusal(said).map((raised) => ({
    ...raised,
    light: "amber",
    evidence: [
      ...raised.evidence,
      { source, text: way === "device" ? "The shared secret still works" : "Our own device token still works" },
    ],
  }));

/** Not being an approved device is normal for a probe; only a device that lost its rights is a reason for amber. */
function limited(seen: In): Raised {
  const reads = mayRead(seen);
  const given = seen.hello.scopes ?? [];
  const lost = seen.paired && !reads;
  return {
    code: "openclaw.auth.scope-limited",
    light: lost ? "amber" : "green",
    params: {
      limits: reads
        ? "From this machine it may read everything it needs."
        : "Without operator.read it sees neither channels nor jobs, models and nodes.",
    },
    evidence: [
      { source, text: `Granted: ${given.length === 0 ? "no rights" : given.join(", ")}${seen.paired ? "" : "; not an approved device"}` },
    ],
    ruledOut: ["A rejected credential: the gateway let us in"],
  };
}
