import type { Verdict } from "../../../../core/model/observation.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { sameJson } from "../../../probes/http/same-json.ts";
import { oneLine, parseJson } from "../knowledge/loose.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

/** Answer at the usual address, and at the outside addresses when the usual one is closed. */
export type LiveSeen = {
  readonly answer: HttpAnswer;
  readonly elsewhere: readonly { readonly address: string; readonly answer: HttpAnswer }[];
};

const timeoutMs = 1_000;

/** The body is what tells a gateway from the many programs that answer 200 to any path, OpenClaw's own web page among them. */
export const isGateway = (answer: HttpAnswer): boolean =>
  answer.kind === "answered" && answer.status === 200 && sameJson(parseJson(answer.body), { ok: true, status: "live" });

async function look({ place }: Gateway, { ports, signal }: ProbeContext): Promise<LiveSeen> {
  const ask = (base: string, limitMs: number) =>
    ports.http.request({ url: `${base}/healthz`, timeoutMs: limitMs, maxBytes: 4_096, signal });
  const answer = await ask(place.target.httpUrl, timeoutMs);
  if (answer.kind !== "refused") return { answer, elsewhere: [] };
  const others = place.outside.map(async (address) => ({ address, answer: await ask(`http://${address}:${place.port}`, 300) }));
  return { answer, elsewhere: await Promise.all(others) };
}

export function judgeLive({ answer, elsewhere }: LiveSeen, url: string, port: number): Verdict {
  const evidence = (text: string) => [{ source: `GET ${url}/healthz`, text }];
  if (isGateway(answer)) return { light: "green", summary: `Says it is live, in ${Math.round(answer.durationMs)} ms` };
  const other = elsewhere.find((one) => isGateway(one.answer));
  if (other !== undefined) {
    const text = `Refused on loopback, answered on ${other.address}`;
    return { light: "amber", summary: text, findings: [{ code: "openclaw.auth.plane-skew", evidence: evidence(text) }] };
  }
  switch (answer.kind) {
    case "answered": {
      const text = `Something answers ${answer.status}, but it is not the gateway`;
      const said = oneLine(answer.body, 60);
      const findings = [
        {
          code: "openclaw.port.conflict",
          params: { port, named: `(port ${port})` },
          evidence: evidence(said === "" ? text : `${text}; it says: ${said}`),
        },
      ];
      return { light: "red", summary: text, findings };
    }
    case "refused": {
      const text = `Nothing answers on port ${port}`;
      return {
        light: "red",
        summary: text,
        findings: [{ code: "openclaw.gateway.not-running", evidence: evidence("Connection refused") }],
      };
    }
    case "timed-out":
      return { light: "grey", summary: "Connected, but no answer in time" };
    default:
      return { light: "grey", summary: oneLine(`Not reached: ${answer.reason}`, 90) };
  }
}

/** Whether anything answers as a gateway. The ground of every other question. */
export const liveCheck = (gateway: Gateway) =>
  ownCheck<LiveSeen>(
    { id: "live", title: "Gateway answers", kind: "http", everyMs: 5_000, timeoutMs: 3_000 },
    (context) => look(gateway, context),
    (seen) => {
      const { isPortGuessed, neverSetUp, port, target } = gateway.place;
      if (isPortGuessed && seen.answer.kind === "refused" && !seen.elsewhere.some((one) => isGateway(one.answer)))
        return { light: "grey", summary: "Its port is not known: openclaw.json may not be read" };
      if (neverSetUp && !isGateway(seen.answer))
        return { light: "grey", summary: "OpenClaw is here, and nobody has set it up yet", applies: false };
      return judgeLive(seen, target.httpUrl, port);
    },
  );
