import { expect } from "vitest";
import { Snapshot, type StackState } from "../../main/core/model/snapshot.ts";
import { createPage } from "../../main/hosts/cli/page.ts";
import { paintFor } from "../../main/hosts/cli/paint.ts";
import { printSnapshot } from "../../main/hosts/cli/print-snapshot.ts";
import { realSurroundings } from "../../main/hosts/cli/real-surroundings.ts";
import { runCli } from "../../main/hosts/cli/run-cli.ts";
import { fakeTerminal } from "./fake-terminal.ts";
import { type HostileHome, hostileToken } from "./hostile-home.ts";

/** One look at a hostile home through the whole command line, with the real adapters, in this process. */
export type HostileLook = {
  readonly snapshot: Snapshot;
  readonly stack: StackState;
  readonly exitCode: number;
  /** From the call to its answer, milliseconds. */
  readonly ms: number;
  readonly printed: string;
  readonly roots: readonly string[];
};

/** Runs `work` as if this process had been started with these variables and no others. */
export async function asHome<T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  const replace = (variables: Readonly<Record<string, string | undefined>>): void => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, variables);
  };
  replace(env);
  try {
    return await work();
  } finally {
    replace(before);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** `status --once`, as text or JSON; gives what a terminal would get. */
export async function print(
  home: Pick<HostileHome, "env">,
  ...argv: readonly string[]
): Promise<{ code: number; out: string; ms: number }> {
  return asHome({ ...home.env }, async () => {
    const terminal = fakeTerminal();
    const began = performance.now();
    const code = await runCli(["status", "--once", ...argv], terminal, realSurroundings(process.env));
    return { code, out: terminal.out() + terminal.errors(), ms: performance.now() - began };
  });
}

/** Looks once and holds what is printed against what must always be true of it. */
export async function look(home: Pick<HostileHome, "env">, ...argv: readonly string[]): Promise<HostileLook> {
  const { code, out, ms } = await print(home, "--json", "--stack", "openclaw", ...argv);
  const snapshot = Snapshot.parse(JSON.parse(out));
  const stack = snapshot.stacks.find(({ id }) => id === "openclaw");
  if (stack === undefined) throw new Error(`no openclaw in ${out}`);
  expect(code).toBe({ green: 0, amber: 1, red: 2, grey: 3 }[snapshot.light]);
  expect(out.length).toBeLessThan(100_000);
  expect(out).not.toContain(hostileToken);
  // Short and clean already before it is printed: there are other fronts than a terminal.
  const lines = [...stack.checks.map(({ summary }) => summary), ...stack.findings.map(({ title }) => title), stack.sentence];
  expect(lines.filter((line) => CONTROLS.test(line) || line.includes("\n") || line.length > 420)).toEqual([]);
  const page = createPage(paintFor(false), Number.POSITIVE_INFINITY);
  printSnapshot(page, snapshot, new Map());
  expect(page.lines.filter((line) => CONTROLS.test(line))).toEqual([]);
  // A look is given up before two seconds; the rest is the tests beside this one.
  expect(ms, describeLook(stack)).toBeLessThan(5_000);
  const roots = stack.findings.filter((one) => one.root && one.light !== "green").map(({ code: found }) => found);
  return { snapshot, stack, exitCode: code, ms, printed: out, roots };
}

/** The same as text: what a person's terminal gets must hold no control character of the outside. */
export async function lookAtText(home: Pick<HostileHome, "env">): Promise<string> {
  const { out } = await print(home, "--stack", "openclaw");
  expect(out.split("\n").filter((line) => CONTROLS.test(line))).toEqual([]);
  expect(out).not.toContain(hostileToken);
  return out;
}

export const summaryOf = (stack: StackState, id: string): string =>
  stack.checks.find((check) => check.id === id)?.summary ?? "no such check";
export const lightOf = (stack: StackState, id: string): string => stack.checks.find((check) => check.id === id)?.light ?? "no such check";

/** Light, sentence, checks and findings in a few lines, for the message of a failed expectation. */
export const describeLook = (stack: StackState): string =>
  [
    `${stack.light}: ${stack.sentence}`,
    ...stack.checks.filter((one) => one.lane === "poll").map((one) => `  ${one.light} ${one.id}: ${one.summary} (${one.durationMs} ms)`),
    ...stack.findings.map(
      (one) => `  ${one.root ? "root" : "follower"} ${one.light} ${one.code}: ${one.evidence.map((e) => e.text).join(" | ")}`,
    ),
  ].join("\n");
