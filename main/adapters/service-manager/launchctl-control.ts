import type { ServiceAction } from "../../core/model/plan.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { ServiceActed, ServiceControl } from "../../core/ports/service-control.ts";
import { isLabel, type LaunchctlOptions, type LaunchdJob, launchctlJobs } from "./launchctl-jobs.ts";
import { launchctlRecipe } from "./launchctl-recipe.ts";
import { unknownRefusal } from "./launchctl-refusal.ts";
import { launchctlSteps } from "./launchctl-steps.ts";
import { proveRunning } from "./launchd-proof.ts";
import { logTail } from "./log-tail.ts";
import { isText } from "./plist-value.ts";
import { programChanged } from "./program-changed.ts";

export type LaunchctlControlOptions = LaunchctlOptions & {
  readonly clock: Clock;
  /** Between two looks, milliseconds (default 250). */
  readonly pollMs?: number;
  /** How long a job may take to leave, and to be taken up again, milliseconds (default 15000 each). */
  readonly leaveMs?: number;
  /** How long a process may take to come (default 10000), and must run before it counts as started (default 1500). */
  readonly patienceMs?: number;
  readonly settleMs?: number;
};

const failed = (meaning: string, next: string): ServiceActed => ({ kind: "failed", meaning, next });

/** Acts on the account's own jobs through `launchctl`. Jobs of the machine are never touched, and nothing needs another account's rights. */
export function launchctlServiceControl(options: LaunchctlControlOptions): ServiceControl {
  const { clock, commands, environment, files, launchctl = "/bin/launchctl" } = options;
  const { pollMs = 250, leaveMs = 15_000, patienceMs = 10_000, settleMs = 1500 } = options;
  const jobs = launchctlJobs({ ...options, monotonicMs: () => clock.monotonicMs() });

  const lastLines = async (label: string, lines: number): Promise<readonly string[]> => {
    if (!isLabel(label)) return [];
    const { reading, definition } = await jobs.at(label);
    const text = (key: string): string | undefined => {
      const value = definition?.dict?.get(key);
      return isText(value) && value.startsWith("/") ? value : undefined;
    };
    const loaded = reading.kind === "loaded" ? reading : undefined;
    const paths = [loaded?.stdoutPath ?? text("StandardOutPath"), loaded?.stderrPath ?? text("StandardErrorPath")];
    return logTail(files, paths, lines);
  };

  const recipeFor = async (action: ServiceAction, label: string, job: LaunchdJob) => {
    const isChanged = action === "restart" && (await programChanged(job, commands, files));
    return launchctlRecipe(action, label, job, isChanged);
  };

  /** Why nothing may be done with the job as it is; null when it may. Asked before anything is taken out. */
  const obstacle = async (action: ServiceAction, label: string, job: LaunchdJob, recipe: readonly (readonly string[])[]) => {
    const { reading, definition, domain } = job;
    if (reading.kind === "unknown") return unknownRefusal(reading);
    if (reading.kind === "not-installed" && action === "stop") return null;
    if (reading.kind === "not-installed")
      return failed(`There is no job ${label} for this account.`, "Install the stack's background job again with the stack's own command.");
    if (domain === "system" || definition?.scope === "system")
      return failed(`${label} belongs to the machine, not to this account.`, "Jobs of the machine are for its administrator.");
    if (!recipe.some(([verb]) => verb === "bootstrap")) return null;
    if (!definition)
      return failed(
        `${label} was registered by an application or its definition is gone, so it could not be loaded again.`,
        "Open the application it belongs to, or let the stack install its background job again.",
      );
    if (definition.label !== label)
      return failed(`The definition ${definition.path} is that of another job.`, "Let the stack write its definition anew.");
    const refusing = (await jobs.faultsOf(definition)).find(({ refuses }) => refuses);
    return refusing
      ? failed(
          `Nothing was done: launchd would refuse the definition ${definition.path}. ${refusing.words}.`,
          "Mend the definition, or let the stack write it anew, then load it again.",
        )
      : null;
  };

  const act: ServiceControl["act"] = async (action, label, acting = {}) => {
    const { signal, progress } = acting;
    if (!isLabel(label))
      return failed("This is not a label of a job that may be acted upon.", "Give the label as launchctl list shows it.");
    if (environment.uid === 0)
      return failed("As root there is no desktop session to act in.", "Run Lamplighter as your own account, and not through sudo.");
    if (signal?.aborted) return { kind: "cancelled", detail: "Nothing was done." };
    const job = await jobs.at(label);
    const recipe = await recipeFor(action, label, job);
    const blocked = await obstacle(action, label, job, recipe);
    if (blocked) return blocked;
    if (recipe.length === 0) return { kind: "already", detail: alreadyWords(action, label, job) };
    const stopped = await launchctlSteps({ jobs, job, label, clock, pollMs, leaveMs, ...acting }, recipe);
    if (stopped) return stopped;
    if (action === "enable" || action === "disable") {
      return { kind: "done", detail: `${label} is switched ${action === "enable" ? "on" : "off"}.` };
    }
    if (action === "stop")
      return { kind: "done", detail: `${label} is stopped. It comes back at the next log-in unless it is switched off.` };
    const isAnew = recipe.some(([verb]) => verb === "bootstrap");
    if (!recipe.some(([verb]) => verb === "kickstart")) return { kind: "done", detail: `${label} is loaded and waits for its next time.` };
    progress?.(`Looking whether ${label} runs and keeps running.`);
    const before = job.reading.kind === "loaded" && !isAnew ? job.reading : undefined;
    const read = async () => (await jobs.at(label)).reading;
    const lastLine = async () => (await lastLines(label, 1))[0];
    return proveRunning({ ...acting, label, read, clock, ...(before ? { before } : {}), lastLine, pollMs, patienceMs, settleMs });
  };

  return {
    act,
    lastLines,
    async commands(action, label) {
      if (!isLabel(label) || environment.uid === 0) return [];
      const job = await jobs.at(label);
      const recipe = await recipeFor(action, label, job);
      return (await obstacle(action, label, job, recipe)) ? [] : recipe.map((argv) => [launchctl, ...argv]);
    },
  };
}

function alreadyWords(action: ServiceAction, label: string, { reading }: LaunchdJob): string {
  switch (action) {
    case "stop":
      return `${label} is not loaded.`;
    case "enable":
    case "disable":
      return `${label} is already switched ${action === "enable" ? "on" : "off"}.`;
    case "reset-failed":
      return "launchd never gives up on a job, so there is nothing to clear.";
    case "read-definitions":
      return "launchd reads a definition when the job is loaded; there is nothing to announce.";
    case "enable-linger":
      return "Jobs of launchd belong to the log-in session; macOS has no linger.";
    default:
      return reading.kind === "loaded" && reading.state === "stopped"
        ? `${label} is loaded and waits for its next time.`
        : `${label} already runs.`;
  }
}
