import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { z } from "zod";
import { Light } from "../../main/core/model/light.ts";
import { Plan, PlannedEffect } from "../../main/core/model/plan.ts";
import { StepRecord } from "../../main/core/model/receipt.ts";
import { Snapshot, type StackState } from "../../main/core/model/snapshot.ts";
import type { Ended, ServiceGateway } from "./service-gateway.ts";

const Seen = z.object({ light: Light, sentence: z.string() });

/** What `repair --json`, `start --json` and their like print. */
export const RepairSaid = Plan.omit({ effects: true })
  .partial()
  .extend({
    code: z.string(),
    plan: z.array(PlannedEffect).default([]),
    ran: z.boolean(),
    reason: z.string().optional(),
    id: z.string().optional(),
    receipt: z
      .object({
        before: Seen,
        after: Seen.optional(),
        verified: z.boolean(),
        outcome: z.string().optional(),
        sentence: z.string(),
        steps: z.array(StepRecord),
        verifiedBy: z.array(z.string()),
        undo: z.string(),
      })
      .optional(),
  });
export type RepairSaid = z.infer<typeof RepairSaid>;

const JournalSaid = z.object({
  whole: z.boolean(),
  lines: z.array(z.object({ what: z.string(), facts: z.record(z.string(), z.string()) })),
});
export type JournalLines = z.infer<typeof JournalSaid>["lines"];

const parsed = <T>(schema: z.ZodType<T>, what: string, { code, out, errors }: Ended): T => {
  try {
    return schema.parse(JSON.parse(out));
  } catch (error) {
    throw new Error(
      `lamplighter ${what} ended with ${code} and printed:\n${out}\n${errors}\n${error instanceof Error ? error.message : error}`,
    );
  }
};

/** One look as a person takes it: the whole light, the stack, and its root findings, worst first. */
export type Look = { readonly exitCode: number; readonly stack: StackState; readonly roots: readonly string[] };

const inWords = ({ stack }: Look): string =>
  [
    `${stack.light}: ${stack.sentence}`,
    ...stack.findings.map(
      (one) => `  ${one.root ? "root" : "follower"} ${one.light} ${one.code}: ${one.evidence.map(({ text }) => text).join(" | ")}`,
    ),
    ...stack.checks
      .filter(({ lane, light }) => lane === "poll" && light !== "green")
      .map((one) => `  ${one.light} ${one.id}: ${one.summary}`),
  ].join("\n");

/** Lamplighter's command line in the hands of a person at the machine of that gateway. */
export function handsOn(gateway: ServiceGateway) {
  const run = async <T>(schema: z.ZodType<T>, ...args: readonly string[]): Promise<T> =>
    parsed(schema, args.join(" "), await gateway.lamplighter(...args, "--json"));

  const look = async (): Promise<Look> => {
    const ended = await gateway.lamplighter("status", "--json", "--once", "--stack", "openclaw");
    const stack = parsed(Snapshot, "status", ended).stacks.find(({ id }) => id === "openclaw");
    if (stack === undefined) throw new Error(`OpenClaw is not in: ${ended.out}`);
    const roots = stack.findings.filter(({ root, light }) => root && light !== "green").map(({ code }) => code);
    return { exitCode: ended.code, stack, roots };
  };

  /** Looks until it is so; the last look is in the message when it never is. */
  const until = async (what: string, holds: (seen: Look) => boolean, timeoutMs = 90_000): Promise<Look> => {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const seen = await look();
      if (holds(seen)) return seen;
      if (Date.now() > end) throw new Error(`Not ${what} within ${timeoutMs} ms. Last seen:\n${inWords(seen)}`);
      await wait(500);
    }
  };
  const isGreen = ({ stack, roots, exitCode }: Look): boolean => stack.light === "green" && roots.length === 0 && exitCode === 0;

  return {
    look,
    until,
    green: () => until("green", isGreen),
    redFor: (code: string) => until(`red for ${code}`, ({ stack, roots }) => stack.light === "red" && roots[0] === code),
    repair: (...args: readonly string[]) => run(RepairSaid, "repair", ...args),
    operate: (verb: "start" | "stop" | "restart", ...args: readonly string[]) => run(RepairSaid, verb, "openclaw", ...args),
    journal: async (): Promise<JournalLines> => {
      const { whole, lines } = await run(JournalSaid, "journal", "--limit", "200");
      expect(whole, "the journal is whole").toBe(true);
      return lines;
    },
  };
}

/** Every command a plan would run, in order, as typed. */
export const commandsIn = ({ plan }: Pick<RepairSaid, "plan">): readonly string[] =>
  plan.flatMap(({ effect, commands }) => (effect.do === "run-command" ? [effect.argv] : (commands ?? []))).map((argv) => argv.join(" "));
