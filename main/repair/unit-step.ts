import { cancelled, done, type EffectOf, failed, type StepResult, type StepWork } from "./step-work.ts";

/** Asks the service manager; each action is a recipe of its own with its waits. */
export async function actOnUnit({ action, label }: EffectOf<"service-unit">, { acting, repair, progress }: StepWork): Promise<StepResult> {
  if (acting.control === undefined) return failed("There is no service manager here that could be asked");
  const acted = await acting.control.act(action, label, { signal: repair.signal, progress });
  switch (acted.kind) {
    case "done":
    case "already":
      return done(acted.detail);
    case "failed":
      return failed(`${acted.meaning} ${acted.next}`.trim());
    case "cancelled":
      return { ...cancelled, detail: acted.detail };
    case "timed-out":
      return failed(acted.detail);
  }
}
