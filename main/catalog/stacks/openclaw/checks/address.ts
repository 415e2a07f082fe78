import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { readConnectError } from "../knowledge/connect-errors.ts";
import { type Visit, visitGateway } from "../protocol/visit.ts";
import type { Gateway } from "./gateway.ts";
import { isGateway } from "./live.ts";
import { ownCheck } from "./own-check.ts";
import { rarely } from "./rarely.ts";

/** One outside address: what answers there to anybody, and what our credentials are worth there. */
export type Cell = {
  readonly address: string;
  readonly anybody: "gateway" | "other" | "silent";
  readonly withCredentials: "reads" | "no-rights" | "refused" | "silent";
  readonly said?: string;
  /** Clients that came in from another machine are connected now, so that this way works for somebody. */
  readonly guests: number;
};

async function lookAt(gateway: Gateway, address: string, context: ProbeContext): Promise<Cell> {
  const { place } = gateway;
  const at = (url: string): string => url.replace("127.0.0.1", address);
  const httpUrl = at(place.target.httpUrl);
  const answer = await context.ports.http.request({ url: `${httpUrl}/healthz`, timeoutMs: 500, maxBytes: 4_096 });
  const anybody = isGateway(answer) ? "gateway" : answer.kind === "answered" ? "other" : "silent";
  if (anybody !== "gateway") return { address, anybody, withCredentials: "silent", guests: 0 };
  // The machine's own address: nothing leaves it. Our device is not introduced, because there that would leave a request.
  const target = { ...place.target, url: at(place.target.url), httpUrl, local: false, introduceDevice: "auto" as const };
  const visit = await visitGateway(target, context, 900);
  return { address, anybody, ...worth(visit) };
}

function worth(visit: Visit): Pick<Cell, "withCredentials" | "said" | "guests"> {
  if (visit.kind === "in") {
    const { scopes, clientAddresses } = visit.session.hello;
    visit.session.close();
    const guests = (clientAddresses ?? []).filter((ip) => !/^(?:127\.|::1|::ffff:127\.)/.test(ip)).length;
    return { withCredentials: scopes === undefined || scopes.includes("operator.read") ? "reads" : "no-rights", guests };
  }
  if (visit.kind === "refused")
    return { withCredentials: "refused", said: readConnectError(visit.said).detailCode ?? "refused", guests: 0 };
  const said = visit.kind === "unreachable" && visit.opening.kind === "rejected" ? `HTTP ${visit.opening.status}` : visit.kind;
  return { withCredentials: "refused", said, guests: 0 };
}

/** Names the first address that does not behave like loopback. `encrypted`: the gateway itself speaks TLS. */
export function judgeCells(cells: readonly Cell[], encrypted: boolean): Verdict {
  const words = cells.map((cell): string | undefined => {
    if (cell.anybody === "silent") return `Nobody answers on ${cell.address}`;
    if (cell.anybody === "other") return `Something else answers on ${cell.address}`;
    if (cell.withCredentials === "refused") return `${cell.address} refuses what loopback accepts (${cell.said ?? "no reason given"})`;
    // Without encryption OpenClaw's own clients refuse to connect, and nobody is there who got in another way.
    if (cell.withCredentials === "no-rights" && !encrypted && cell.guests === 0)
      return `${cell.address} is open without encryption: OpenClaw's own clients refuse it, and the shared token has no rights there`;
    return undefined;
  });
  const first = words.find((one) => one !== undefined);
  if (first === undefined) return { light: "green", summary: `Works under ${cells.map((cell) => cell.address).join(", ")} too` };
  const evidence = words.filter((one) => one !== undefined).map((text) => ({ source: "outside address", text }));
  return { light: "amber", summary: first.slice(0, 90), findings: [{ code: "openclaw.auth.plane-skew", evidence }] };
}

const everyMs = 600_000;
const atMostRarely = rarely<readonly Cell[]>(everyMs - 1_000, (cells) => cells.every((cell) => cell.withCredentials === "reads"));

/** Only for gateways that mean to be reached from other machines. */
export const addressCheck = (gateway: Gateway) => {
  const { link, place } = gateway;
  const about = [place.target.authKey, ...place.outside].join(" ");
  return ownCheck<readonly Cell[]>(
    { id: "address", title: "Other addresses", kind: "websocket", everyMs, timeoutMs: 6_000 },
    (context) => atMostRarely(link, about, context, () => Promise.all(place.outside.map((address) => lookAt(gateway, address, context)))),
    (cells) => judgeCells(cells, place.target.url.startsWith("wss://")),
  );
};
