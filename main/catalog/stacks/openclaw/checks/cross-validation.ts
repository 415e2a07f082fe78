import type { Past } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { comparisons, type OwnView, type SlowAnswers, trendWords } from "../knowledge/cross-check.ts";
import { crossValidate, differing } from "../knowledge/ladder.ts";
import { oneLine } from "../knowledge/loose.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";
import { type Askable, ownRungs } from "./own-rungs.ts";
import { askSlowly, slowestMs } from "./slow-command.ts";

/** OpenClaw's answers and ours, taken one right after the other. */
export type CrossSeen = { readonly theirs: SlowAnswers; readonly ours: OwnView };

async function look(gateway: Gateway, binary: string, checks: Askable, context: ProbeContext): Promise<CrossSeen> {
  const ask = async (args: readonly string[]): Promise<unknown> => (await askSlowly(gateway, binary, args, context)).payload;
  const doctor = await ask(["doctor", "--lint", "--json"]);
  const status = await ask(["gateway", "status", "--json", "--require-rpc"]);
  const channels = await ask(["channels", "status", "--json"]);
  context.progress("Looking ourselves");
  const [answers, letsIn, channelsWork, configValid] = await Promise.all([
    ownRungs["/healthz"](checks, context),
    ownRungs.connect(checks, context),
    ownRungs.channels(checks, context),
    ownRungs.configuration(checks, context),
  ]);
  return {
    theirs: { doctor, status, channels },
    ours: { answers: answers.state, letsIn: letsIn.state, channelsWork: channelsWork.state, configValid: configValid.state },
  };
}

export function judgeCross(seen: CrossSeen, past: readonly Past<CrossSeen>[]): Verdict {
  const { doctor, status, channels } = seen.theirs;
  const all = comparisons(seen.theirs, seen.ours);
  const report = all
    .map(({ topic, theirs, ours, said }) => `${topic}: OpenClaw says ${theirs}, we say ${ours} (${oneLine(said, 160)})`)
    .join("\n");
  if (doctor === undefined && status === undefined && channels === undefined)
    return { light: "grey", summary: "OpenClaw's own commands gave no answer we can read", report };
  const before = past.at(-1)?.seen;
  const topics = differing(all).map((one) => one.topic);
  const trend = trendWords(
    topics,
    before === undefined ? undefined : differing(comparisons(before.theirs, before.ours)).map((one) => one.topic),
  );
  // A note and never more: those commands are known to be wrong in both directions.
  const findings = crossValidate(all).map((raised) => ({
    ...raised,
    light: "green" as const,
    evidence: [...raised.evidence, { source: "since the last comparison", text: trend }],
  }));
  const summary = topics.length === 0 ? "OpenClaw's own answers and ours agree" : `They disagree about: ${topics.join(", ")}`;
  return { light: topics.length === 0 ? "green" : "amber", summary: oneLine(summary, 90), report: `${report}\n${trend}`, findings };
}

/** Doctor, status and channels as OpenClaw sees them, beside our own look; run again after each repair, the list must get shorter. */
export const crossValidationCheck = (gateway: Gateway, binary: string, checks: Askable) =>
  ownCheck<CrossSeen>(
    {
      id: "cross-validation",
      title: "OpenClaw's answers beside ours",
      kind: "command",
      lane: "deep",
      everyMs: 86_400_000,
      timeoutMs: 3 * slowestMs + 10_000,
    },
    (context) => look(gateway, binary, checks, context),
    judgeCross,
  );
