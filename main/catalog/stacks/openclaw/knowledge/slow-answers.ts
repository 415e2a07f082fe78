import { judgeAccounts } from "./channels.ts";
import { judgeDoctor } from "./doctor.ts";
import type { RungState } from "./ladder.ts";
import { at, flag, number, oneLine, text } from "./loose.ts";

/** What a slow command of OpenClaw says about one thing. Its exit codes and its constant `ok` fields are no answers. */
export type Said = { readonly state: RungState; readonly said: string };

export const yesNo = (holds: boolean | undefined): RungState => (holds === undefined ? "unknown" : holds ? "yes" : "no");

const errorOf = (payload: unknown): string => oneLine(text(payload) ?? "no error given", 120);

/** `openclaw status --json`: whether it reached the gateway. */
export function reachedSaid(payload: unknown): Said {
  const gateway = at(payload, "gateway");
  const reached = flag(at(gateway, "reachable"));
  return { state: yesNo(reached), said: reached === true ? "it was reached" : errorOf(at(gateway, "error")) };
}

/** `openclaw gateway status --json --require-rpc`: whether anybody answered, whatever the answer was. */
export function answeredSaid(payload: unknown): Said {
  const rpc = at(payload, "rpc");
  if (flag(at(rpc, "ok")) === true) return { state: "yes", said: "it was reached" };
  const reached = flag(at(rpc, "gatewayReached")) ?? (at(rpc, "connectFailure", "kind") === "unreachable" ? false : undefined);
  return { state: yesNo(reached), said: reached === true ? "it was reached" : errorOf(at(rpc, "error")) };
}

/** The same answer: whether it was let in. */
export function letInSaid(payload: unknown): Said {
  const rpc = at(payload, "rpc");
  const letIn = flag(at(rpc, "ok"));
  return { state: yesNo(letIn), said: letIn === true ? "the read probe worked" : errorOf(at(rpc, "error")) };
}

/** `openclaw channels status --json`: whether every account works. No account says nothing. */
export function channelsSaid(payload: unknown): Said {
  const accounts =
    payload === undefined ? [] : judgeAccounts(payload, number(at(payload, "ts")) ?? 0).filter((one) => one.light !== "grey");
  const bad = accounts.find((one) => one.light === "red");
  return { state: accounts.length === 0 ? "unknown" : yesNo(bad === undefined), said: bad?.reason ?? "no account complains" };
}

/** `openclaw doctor --lint --json`: whether nothing in it is an error; with a code, whether that one thing is not among its complaints. */
export function doctorSaid(payload: unknown, code?: string): Said {
  if (payload === undefined) return { state: "unknown", said: "the doctor was not asked" };
  const complaints = judgeDoctor(payload).filter((one) => (code === undefined ? one.light === "red" : one.code === code));
  return { state: yesNo(complaints.length === 0), said: complaints[0]?.evidence[0]?.text ?? "the doctor has no objection" };
}
