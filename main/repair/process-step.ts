import { done, type EffectOf, failed, type StepResult, type StepWork } from "./step-work.ts";

/** Ends one process, after a person said yes to its very name and number, and only when it is still the one that was looked at. */
export async function endProcess(effect: EffectOf<"end-process">, { acting, ports, repair, index }: StepWork): Promise<StepResult> {
  const { pid, startedMs, name } = effect;
  const facts = await ports.processes.inspect(pid);
  if (facts === null) return done(`${name} (process ${pid}) is gone already`);
  if (facts.startedMs === undefined || Math.abs(facts.startedMs - startedMs) > 2_000)
    return failed(`Process ${pid} is not the ${name} that was looked at: the number was given to another one`);
  const answer = await repair.ask("confirm", index, `End ${name} (process ${pid}, owned by ${facts.user})? What it is doing is lost.`);
  if (answer !== "done") return { state: answer === "skip" ? "skipped" : "cancelled", detail: `${name} (process ${pid}) was left alone` };
  const ended = await acting.ending.end(pid, startedMs, { signal: repair.signal });
  if (ended.kind === "ended") return done(`${name} (process ${pid}) ended after ${Math.round(ended.afterMs / 100) / 10} s`);
  return ended.kind === "gone" ? done(ended.detail) : failed(ended.detail);
}
