import { done, type EffectOf, type StepResult, type StepWork } from "./step-work.ts";

/** Waits until a person has done what only a person can. */
export async function askPerson(
  effect: EffectOf<"ask-person"> | EffectOf<"open-url">,
  preview: string,
  { repair, index }: StepWork,
): Promise<StepResult> {
  const answer = await repair.ask("do", index, effect.do === "open-url" ? `${preview}: ${effect.url}` : effect.instruction);
  if (answer === "done") return done("Done by hand");
  return answer === "skip" ? { state: "skipped", detail: "Left out" } : { state: "cancelled", detail: "Stopped here" };
}
