import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { launchctlMeaning, readLaunchctlFailure } from "./launchctl-failure.ts";
import { parseListBlock } from "./parse-list.ts";
import { present } from "./present.ts";

/** One attempt to read a job in one domain. Only `absent` means that the domain does not have it. */
export type Look = ServiceReading | { readonly kind: "absent" };

/** Some releases print what we cannot read; the older `list` still says whether the job runs and how it ended. */
export function readListed(outcome: CommandOutcome): Look {
  const block = outcome.kind === "exited" && outcome.exitCode === 0 ? parseListBlock(outcome.stdout) : null;
  if (!block) return { kind: "unknown", reason: "unreadable", detail: "launchctl printed nothing that can be read." };
  const failed = (block.lastEnd?.exitCode ?? 0) !== 0 || (block.lastEnd?.signal ?? "SIGTERM") !== "SIGTERM";
  return present<Extract<ServiceReading, { kind: "loaded" }>>({
    kind: "loaded",
    state: block.pid === undefined ? (failed ? "failed" : "stopped") : "running",
    rawState: "listed",
    pid: block.pid,
    lastEnd: block.lastEnd,
    keepAlive: block.onDemand === false ? "always" : undefined,
    argv: block.argv.length > 0 ? block.argv : block.program === undefined ? undefined : [block.program],
    stdoutPath: block.stdoutPath,
    stderrPath: block.stderrPath,
  });
}

/** Details repeat one line of the error text at most: a whole print block may hold environment values. */
export function explainFailure(outcome: CommandOutcome): Look {
  if (outcome.kind === "exited") {
    const failure = readLaunchctlFailure(outcome.exitCode, outcome.stderr);
    if (failure.kind === "no-such-service") return { kind: "absent" };
    const said = outcome.stderr.trim().split("\n").at(-1)?.slice(0, 160) || launchctlMeaning(outcome.exitCode);
    return { kind: "unknown", reason: failure.reason, detail: `launchctl: ${said}` };
  }
  if (outcome.kind === "not-found" || outcome.kind === "not-executable")
    return { kind: "unknown", reason: "no-manager", detail: outcome.reason };
  const timedOut = outcome.kind === "timed-out" || outcome.kind === "cancelled";
  return { kind: "unknown", reason: timedOut ? "timed-out" : "unreadable", detail: `launchctl did not answer (${outcome.kind}).` };
}
