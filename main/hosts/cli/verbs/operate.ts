import type { AppClient } from "../app-client.ts";
import { type Call, Unable, type Verb } from "../call.ts";
import { carryOut } from "../carry-out.ts";
import { COULD_NOT_RUN } from "../exit-code.ts";
import { withSettledApp } from "../with-settled-app.ts";

type Operation = "start" | "stop" | "restart";

/** The stack that was named, or the only one that is installed. */
async function chosenStack(client: AppClient, operation: Operation, operand: string | undefined): Promise<string> {
  if (operand !== undefined) return operand;
  const here = (await client.getSnapshot({})).stacks.filter((stack) => stack.installed && !stack.ground);
  const [first, second] = here;
  if (first !== undefined && second === undefined) return first.id;
  if (first === undefined) throw new Unable(`No stack was found on this machine, so there is nothing to ${operation}.`);
  throw new Unable(`Say which stack to ${operation}: ${here.map(({ id }) => id).join(", ")}.`);
}

/** Starts, stops or restarts a stack because a person wants it; a stop is remembered and not repaired. */
export const operate =
  (action: Operation): Verb =>
  (call) => {
    const { operand } = call.wish;
    // The operand is a stack here, so it is checked and used like `--stack`.
    const narrowed: Call = { ...call, wish: { ...call.wish, ...(operand === undefined ? {} : { stack: operand }) } };
    return withSettledApp(narrowed, async (client) => {
      const stack = await chosenStack(client, action, operand);
      return carryOut(client, narrowed, {
        plan: await client.previewOperation({ stack, action }),
        stack,
        begin: () => client.operateStack({ stack, action }),
        // A stack that was stopped is not green, and that is what was wanted.
        ...(action === "stop" ? { exit: (run) => (run.outcome === "verified" ? 0 : COULD_NOT_RUN) } : {}),
      });
    });
  };
