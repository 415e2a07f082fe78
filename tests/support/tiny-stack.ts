import { z } from "zod";
import { memoryHistory } from "../../main/adapters/history/memory-history.ts";
import { fixedSettings } from "../../main/adapters/settings/fixed-settings.ts";
import { type Check, check, defineProbe } from "../../main/core/model/check.ts";
import type { FindingKind } from "../../main/core/model/finding.ts";
import type { Verdict } from "../../main/core/model/observation.ts";
import { defineStack, type Installation, type Stack } from "../../main/core/model/stack.ts";
import type { Clock } from "../../main/core/ports/clock.ts";
import type { AppPorts, ProbeContext } from "../../main/core/ports/index.ts";

/** What an invented probe does when it is asked: give a verdict, throw, or never answer. */
export type Behaviour = Verdict | "hang" | "throw" | ((context: ProbeContext) => Promise<Verdict>);

export const green: Verdict = { light: "green", summary: "Fine" };
export const red = (code: string): Verdict => ({
  light: "red",
  summary: "Broken",
  findings: [{ code, evidence: [{ source: "probe", text: "it broke" }] }],
});

/** A check whose behaviour a test can change while the app runs; `starts` are the times at which it was asked. */
export function puppet(
  id: string,
  options: { everyMs?: number; timeoutMs?: number; lane?: "poll" | "deep" } = {},
): { check: Check<Verdict>; act: (b: Behaviour) => void; starts: number[] } {
  let behaviour: Behaviour = green;
  const starts: number[] = [];
  const probe = defineProbe({
    type: "puppet",
    options: z.object({}),
    observe: async (_options, context) => {
      starts.push(context.ports.clock.nowMs());
      if (behaviour === "throw") throw new Error("the probe fell over");
      if (behaviour === "hang") return new Promise<Verdict>(() => {});
      return typeof behaviour === "function" ? behaviour(context) : behaviour;
    },
    judge: (_options, seen: Verdict) => seen,
  });
  return {
    check: check({ id, title: id, ...options }, probe, {}),
    act: (b) => {
      behaviour = b;
    },
    starts,
  };
}

export const kind = (code: string, extra: Partial<FindingKind> = {}): FindingKind => ({
  code,
  symptoms: ["G1"],
  light: "red",
  layer: 3,
  title: `Title of ${code}`,
  detail: `Detail of ${code}`,
  runbook: "Look.",
  ...extra,
});

export function tinyStack(
  id: string,
  checks: readonly Check[],
  extra: Partial<Omit<Stack, "locate">> & { installation?: Partial<Installation>; absent?: boolean } = {},
): Stack {
  const { installation, absent, ...rest } = extra;
  return {
    ...defineStack({
      id,
      title: id.toUpperCase(),
      mark: id.slice(0, 2),
      looksFor: [`~/.${id}`],
      settings: z.unknown(),
      findings: [kind(`${id}.part.broken`), kind(`${id}.part.follower`, { layer: 6 })],
      signatures: [],
      locate: async () => (absent === true ? null : { checks, remedies: [], diagnose: () => [], ...installation }),
    }),
    ...rest,
  };
}

/** Only what the app itself needs; any other port fails loudly when touched. */
export function tinyPorts(clock: Clock, more: Partial<AppPorts> = {}): AppPorts {
  const known: Partial<AppPorts> = { clock, history: memoryHistory(), settings: fixedSettings({}), ...more };
  return new Proxy(known, {
    get: (target, name: string) => {
      const port = target[name as keyof AppPorts];
      // Optional: an app without it shows plans and carries out none.
      if (name === "acting") return port;
      if (port === undefined) throw new Error(`this test has no ${name} port`);
      return port;
    },
  }) as AppPorts;
}
