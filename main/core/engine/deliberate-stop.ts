import type { Intent } from "../model/receipt.ts";
import type { StackState } from "../model/snapshot.ts";
import type { Facts, Installation } from "../model/stack.ts";
import { span } from "./words.ts";

const notRunning: ReadonlySet<string> = new Set(["stopped", "stopping", "failed"]);

/** Who stopped it when, when a person wanted it stopped and its first target is indeed down; then what follows is no failure. */
export function stoppedOnPurpose(
  intent: Intent | undefined,
  installation: Pick<Installation, "targets"> | null,
  facts: Facts,
): StackState["stopped"] {
  const target = installation?.targets?.[0];
  if (intent?.wanted !== "stopped" || target === undefined || target.works(facts) === true) return undefined;
  const reading = target.unit(facts);
  const isDown = reading?.kind === "not-loaded" || (reading?.kind === "loaded" && notRunning.has(reading.state));
  return isDown ? { by: intent.by, at: intent.at } : undefined;
}

/**
 * A stack that a person stopped: grey, with that as its sentence. What its checks find is still told, and neither lights a lamp nor
 * counts as a cause.
 */
export function asStopped(state: StackState, stopped: NonNullable<StackState["stopped"]>, nowMs: number): StackState {
  return {
    ...state,
    light: "grey",
    sentence: `${state.title}: stopped by you ${span(nowMs - stopped.at)} ago`,
    stopped,
    checks: state.checks.map((one) => ({ ...one, drivesLight: false })),
    findings: state.findings.map((one) => ({ ...one, light: one.light === "green" ? one.light : "grey" })),
  };
}
