import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { judgeBackend, type LocalBackend, offeredModels } from "../knowledge/backends.ts";
import { parseJson } from "../knowledge/loose.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

/** What one model server offers; undefined when it gave no list. */
export type BackendSeen = { readonly backend: LocalBackend; readonly offered?: readonly string[] };

/** Servers elsewhere in the network are not asked: looking stays on this machine. */
const here = /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/i;
const most = 4;

async function ask(backend: LocalBackend, { ports, signal }: ProbeContext): Promise<BackendSeen> {
  const url = `${backend.baseUrl.replace(/\/$/, "")}/models`;
  const answer = await ports.http.request({ url, timeoutMs: 1_000, maxBytes: 262_144, signal });
  const offered = answer.kind === "answered" && answer.status === 200 ? offeredModels(parseJson(answer.body)) : undefined;
  return offered === undefined ? { backend } : { backend, offered };
}

export function judgeBackends(seen: readonly BackendSeen[]): Verdict {
  if (seen.length === 0) return { light: "grey", summary: "No model server on this machine is set up", applies: false };
  const findings = seen.flatMap(({ backend, offered }) => (offered === undefined ? [] : judgeBackend(backend, offered)));
  const first = findings[0]?.evidence[0]?.text;
  if (first !== undefined) return { light: worstOf(findings), summary: first.slice(0, 90), findings };
  const silent = seen.filter((one) => one.offered === undefined).map((one) => one.backend.provider);
  // A model server is often started only when it is needed, so that silence is no fault by itself.
  if (silent.length > 0) return { light: "grey", summary: `${silent.join(", ")} lists no models just now`.slice(0, 90), applies: false };
  return { light: "green", summary: "Every model asked of servers on this machine is there" };
}

/** Model servers on this machine: whether they know the models that agents ask for, under that very name. */
export const backendsCheck = ({ place }: Gateway) => {
  const backends = (place.facts?.localBackends ?? []).filter(({ baseUrl }) => here.test(baseUrl)).slice(0, most);
  return ownCheck<readonly BackendSeen[]>(
    { id: "backends", title: "Model servers on this machine", kind: "http", everyMs: 300_000, timeoutMs: 4_000 },
    (context) => Promise.all(backends.map((backend) => ask(backend, context))),
    judgeBackends,
  );
};
