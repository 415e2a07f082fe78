import type { Finding } from "../../core/model/finding.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Snapshot, StackState } from "../../core/model/snapshot.ts";
import type { AppClient } from "./app-client.ts";
import { Unable } from "./call.ts";
import { didYouMean } from "./suggest.ts";

export type FoundFinding = { readonly stack: StackState; readonly finding: Finding };

/** `part.problem` of `stack.part.problem`. */
const withoutStack = (code: string): string => code.slice(code.indexOf(".") + 1);

const present = (snapshot: Snapshot): readonly FoundFinding[] =>
  snapshot.stacks.flatMap((stack) => stack.findings.map((finding) => ({ stack, finding })));

/**
 * The present finding that a person means: its whole code, or the code without the name of the stack when only one fits.
 * `known` are all codes of the catalogue, so that a code that is not found now is told from one that does not exist.
 */
export function findFinding(snapshot: Snapshot, wanted: string, known: readonly string[]): FoundFinding {
  const all = present(snapshot);
  const exact = all.filter(({ finding }) => finding.code === wanted);
  const fitting = exact.length > 0 ? exact : all.filter(({ finding }) => withoutStack(finding.code) === wanted);
  const [first, second] = fitting;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    const named = fitting.map(({ stack, finding }) => `${finding.code} of ${stack.id}`).join(", ");
    throw new Unable(`${wanted} fits more than one finding: ${named}. Say which with the whole code or --stack ID.`);
  }
  const codes = all.map(({ finding }) => finding.code);
  if (known.includes(wanted) || known.some((code) => withoutStack(code) === wanted))
    throw new Unable(`${wanted} is not found now, so there is nothing to repair. \`lamplighter repair\` lists what is.`);
  const guess = didYouMean(wanted, [...codes, ...known]) || didYouMean(wanted, [...codes, ...known].map(withoutStack));
  throw new Unable(`There is no finding ${wanted}.${guess} \`lamplighter repair\` lists what can be repaired now.`);
}

/** The plan of the remedy that was asked for; without one, the first plan that has something for us to run. */
export async function choosePlan(client: AppClient, { stack, finding }: FoundFinding, remedy: string | undefined): Promise<Plan> {
  const ids = finding.remedies.filter(({ kind }) => kind === "plan").map(({ id }) => id);
  if (ids.length === 0) throw new Unable(`There is no plan for ${finding.code} yet. \`lamplighter status\` says what is known about it.`);
  if (remedy !== undefined && !ids.includes(remedy))
    throw new Unable(`${finding.code} has no remedy ${remedy}.${didYouMean(remedy, ids)} It has: ${ids.join(", ")}.`);
  const wanted = remedy ?? (await firstRunnable(client, stack.id, finding.code, ids)) ?? ids[0] ?? "";
  return client.previewPlan({ stack: stack.id, code: finding.code, remedy: wanted });
}

async function firstRunnable(client: AppClient, stack: string, code: string, ids: readonly string[]): Promise<string | undefined> {
  for (const id of ids.length > 1 ? ids : []) {
    const { runnable } = await client.previewPlan({ stack, code, remedy: id, brief: true });
    if (runnable !== false) return id;
  }
  return undefined;
}
