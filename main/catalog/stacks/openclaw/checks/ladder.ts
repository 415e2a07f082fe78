import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { climb, judgeLadder, type Rung } from "../knowledge/ladder.ts";
import { oneLine } from "../knowledge/loose.ts";
import { channelsSaid, doctorSaid, letInSaid, reachedSaid, type Said } from "../knowledge/slow-answers.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";
import { type Askable, ownRungs } from "./own-rungs.ts";
import { askSlowly, slowestMs } from "./slow-command.ts";

type Step = { readonly name: string; readonly ask: (context: ProbeContext) => Promise<Said & { readonly answer?: string }> };

/** Characters kept of each answer as it came; all of them together fit into what is kept of a step of a repair. */
const longestAnswer = 600;

/** From the ground up: each layer as we see it, and where OpenClaw has a command for it, as OpenClaw sees it. */
function stepsFor(gateway: Gateway, binary: string, checks: Askable): readonly Step[] {
  const own = (name: keyof typeof ownRungs): Step => ({ name, ask: (context) => ownRungs[name](checks, context) });
  const command = (args: readonly string[], read: (payload: unknown) => Said): Step => ({
    name: `openclaw ${args.filter((word) => !word.startsWith("--")).join(" ")}`,
    ask: async (context) => {
      const { outcome, payload } = await askSlowly(gateway, binary, args, context);
      if (payload === undefined) return { state: "unknown", said: `it gave no answer (${outcome})` };
      return { ...read(payload), answer: oneLine(JSON.stringify(payload), longestAnswer) };
    },
  });
  return [
    own("service unit"),
    own("process"),
    own("port"),
    own("/healthz"),
    command(["status", "--json"], reachedSaid),
    own("/readyz"),
    own("connect"),
    command(["gateway", "status", "--json", "--require-rpc"], letInSaid),
    command(["doctor", "--lint", "--json"], doctorSaid),
    own("channels"),
    command(["channels", "status", "--json"], channelsSaid),
  ];
}

export type LadderSeen = { readonly rungs: readonly Rung[]; readonly of: number };

/** Asks one layer after the other and stops at the first that does not fit the ones below it. */
async function go(steps: readonly Step[], context: ProbeContext): Promise<LadderSeen> {
  const rungs: Rung[] = [];
  for (const [index, { name, ask }] of steps.entries()) {
    const tell = (words: string): void => context.progress(`${index + 1} of ${steps.length}, ${name}: ${words}`);
    tell("asking");
    const { answer, said, state } = await ask({ ...context, progress: tell });
    if (context.signal.aborted) break;
    rungs.push({ name, state, said, ...(answer === undefined ? {} : { answer }) });
    tell(oneLine(said, 120));
    if (climb(rungs).breaksAt !== undefined) break;
  }
  return { rungs, of: steps.length };
}

/** The whole comparison for somebody to read and keep: one line a layer, and under it the answer as it came. */
const record = ({ rungs }: LadderSeen): string =>
  rungs
    .flatMap(({ answer, name, state, said }) => [
      `${name}: ${state} (${oneLine(said, 160)})`,
      ...(answer === undefined ? [] : [`  ${answer}`]),
    ])
    .join("\n");

export function judgeClimb(seen: LadderSeen): Verdict {
  const { breaksAt } = climb(seen.rungs);
  const report = record(seen);
  const known = seen.rungs.filter((one) => one.state !== "unknown");
  if (breaksAt !== undefined) {
    const rung = seen.rungs[breaksAt];
    const summary = oneLine(`First disagreement at ${rung?.name ?? "?"}: ${rung?.said ?? ""}`, 90);
    return { light: "amber", summary, report, findings: judgeLadder(seen.rungs) };
  }
  if (known.length === 0) return { light: "grey", summary: "No layer could be asked", report };
  const good = known[0]?.state === "yes";
  return {
    light: good ? "green" : "amber",
    summary: `${known.length} of ${seen.of} layers could be asked, and all say ${good ? "yes" : "no"}`,
    report,
  };
}

/** The command ladder as one guided look: our own answers and OpenClaw's, compared from the ground up. */
export const ladderCheck = (gateway: Gateway, binary: string, checks: Askable) => {
  const steps = stepsFor(gateway, binary, checks);
  return ownCheck<LadderSeen>(
    { id: "ladder", title: "Compare the layers", kind: "command", lane: "deep", everyMs: 86_400_000, timeoutMs: 4 * slowestMs },
    (context) => go(steps, context),
    judgeClimb,
  );
};
