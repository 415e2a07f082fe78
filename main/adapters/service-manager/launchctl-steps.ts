import type { Clock } from "../../core/ports/clock.ts";
import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { ServiceActed, ServiceActing } from "../../core/ports/service-control.ts";
import { plainLine } from "./journal-lines.ts";
import type { LaunchctlJobs, LaunchdJob } from "./launchctl-jobs.ts";
import { launchctlRefusal, obstacleTo, refusedOutcome, unknownRefusal } from "./launchctl-refusal.ts";

export type StepsOptions = ServiceActing & {
  readonly jobs: LaunchctlJobs;
  readonly job: LaunchdJob;
  readonly label: string;
  readonly clock: Clock;
  readonly pollMs: number;
  readonly leaveMs: number;
};

/** One call may wait for a process to end; launchd itself gives a process 20 s unless its definition says otherwise. */
const callMs = 40_000;

/** Codes that count as done, because what was wanted is so: 3 and 113 no such job, 36 already ending, 37 already starting. */
const accepted: Readonly<Record<string, readonly number[]>> = { bootout: [3, 36, 113], kickstart: [37] };

/** Codes of a load that may pass by themselves: the last one is not gone yet, or the label is not registered yet. */
const passing: readonly number[] = [5, 36, 37, 130];

/** Runs the calls of a recipe in order, each with its waits. Null when all were done, else why not. */
export async function launchctlSteps(options: StepsOptions, recipe: readonly (readonly string[])[]): Promise<ServiceActed | null> {
  const { signal, progress } = options;
  let isOut = false;
  for (const argv of recipe) {
    const [verb = ""] = argv;
    // A job that was taken out is loaded again whatever happens meanwhile: half of a reload is an outage.
    if (signal?.aborted && !isOut) return { kind: "cancelled", detail: `Nothing more was done before launchctl ${verb}.` };
    progress?.(plainLine(`Running launchctl ${argv.join(" ")}`));
    const stopped = verb === "bootstrap" ? await bootstrap(options, argv) : await call(options, argv, isOut ? undefined : signal);
    // Mostly it is on already; if it is not, the load that follows says so, and must be tried in any case once the job is out.
    if (stopped && !(isOut && verb === "enable")) return stopped;
    if (verb === "bootout") {
      isOut = recipe.some(([each]) => each === "bootstrap");
      const left = await awaitGone(options, isOut ? undefined : signal);
      if (left) return left;
    }
  }
  return null;
}

async function call({ jobs }: StepsOptions, argv: readonly string[], signal: AbortSignal | undefined): Promise<ServiceActed | null> {
  const [verb = ""] = argv;
  const outcome = await jobs.ask(argv, callMs, signal);
  if (isDone(outcome)) return null;
  if (outcome.kind === "exited" && (accepted[verb] ?? []).includes(outcome.exitCode)) return null;
  return refusedOutcome(outcome, verb);
}

const isDone = (outcome: CommandOutcome): boolean => outcome.kind === "exited" && outcome.exitCode === 0;

/** launchd lets a job go only after its process ended, which it may take its time for; until then it can not be loaded anew. */
async function awaitGone(options: StepsOptions, signal: AbortSignal | undefined): Promise<ServiceActed | null> {
  const { jobs, job, label, clock, pollMs, leaveMs, progress } = options;
  const own = job.definition?.dict?.get("ExitTimeOut");
  const limitMs = Math.max(leaveMs, typeof own === "number" && own < 600 ? own * 1000 + 5000 : 0);
  const began = clock.monotonicMs();
  for (let polls = 0; ; polls++) {
    const { reading } = await jobs.at(label);
    if (reading.kind === "not-loaded" || reading.kind === "not-installed") return null;
    if (signal?.aborted) return { kind: "cancelled", detail: `launchd is ending ${label}; that was not awaited.` };
    if (clock.monotonicMs() - began >= limitMs) return reading.kind === "unknown" ? unknownRefusal(reading) : stays(label, limitMs);
    if (polls === 1) progress?.(`Waiting until launchd has let go of ${label}.`);
    await clock.sleep(pollMs, signal);
  }
}

const stays = (label: string, limitMs: number): ServiceActed => ({
  kind: "failed",
  meaning: `launchd was told to let go of ${label} and still has it after ${Math.round(limitMs / 1000)} s: its process does not end.`,
  next: "Look at what the process is doing, end it by hand if it hangs, and load the job again.",
});

/** Loads a definition. What launchd refuses only for the moment is tried again; a 5 is looked into before that. */
async function bootstrap({ jobs, label, clock, leaveMs, progress }: StepsOptions, argv: readonly string[]): Promise<ServiceActed | null> {
  for (const began = clock.monotonicMs(); ; ) {
    const outcome = await jobs.ask(argv, callMs);
    if (isDone(outcome)) return null;
    const { reading } = await jobs.at(label);
    // Whatever the answer was, or if there was none in time: what counts is whether launchd has the job.
    if (reading.kind === "loaded" && reading.state !== "stopping") return null;
    if (outcome.kind !== "exited" || !passing.includes(outcome.exitCode)) return refusedOutcome(outcome, "bootstrap");
    const known = obstacleTo(reading);
    if (known) return { ...known, exitCode: outcome.exitCode };
    if (clock.monotonicMs() - began >= leaveMs) return launchctlRefusal(outcome.exitCode);
    progress?.("launchd is not ready to load it yet; trying again.");
    await clock.sleep(1000);
  }
}
