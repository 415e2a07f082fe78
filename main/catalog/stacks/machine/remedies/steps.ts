import type { Risk } from "../../../../core/model/finding.ts";
import type { Remedy } from "../../../../core/model/stack.ts";

export type Params = Parameters<Remedy["plan"]>[0];
export type Step = ReturnType<Remedy["plan"]>[number];

/** Where and as whom the machine's remedies would run. */
export type Place = {
  readonly platform: "macos" | "linux" | "other";
  readonly uid: number;
  readonly user: string;
  readonly home: string;
};

export const run = (argv: readonly string[], preview: string, risk: Risk = "safe"): Step => ({
  effect: { do: "run-command", argv: [...argv], envNames: [] },
  preview,
  risk,
});
export const ask = (instruction: string): Step => ({ effect: { do: "ask-person", instruction }, preview: instruction, risk: "safe" });
export const wait = (reason: string, forMs: number): Step => ({ effect: { do: "wait", reason, forMs }, preview: reason, risk: "safe" });
export const open = (url: string, preview: string): Step => ({ effect: { do: "open-url", url }, preview, risk: "safe" });
export const recheck = (check: string): Step => ({
  effect: { do: "recheck", check },
  preview: "Look again and compare",
  risk: "safe",
});

/** Names of service units, containers and accounts. A leading dash would be read as an option, a slash as a path. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,200}$/;
const PATH = /^\/[^\0\n]{1,1000}$/;

/** A name that may stand in a command; undefined when it is missing or could be read as something else. */
export function nameIn(params: Params, key: string): string | undefined {
  const value = params[key];
  return typeof value === "string" && NAME.test(value) ? value : undefined;
}

/** An absolute path that may stand in a command. */
export function pathIn(params: Params, key: string): string | undefined {
  const value = params[key];
  return typeof value === "string" && PATH.test(value) && !value.includes("/../") ? value : undefined;
}

/** A TCP port. */
export function portIn(params: Params, key: string): string | undefined {
  const value = Number(params[key]);
  return Number.isInteger(value) && value > 0 && value < 65_536 ? String(value) : undefined;
}

type Words = Pick<Remedy, "title" | "risk" | "interrupts" | "undo" | "verify">;

/** A remedy that is a plan. */
export const planned = (id: string, words: Words, plan: Remedy["plan"]): Remedy => ({ id, kind: "plan", ...words, plan });

/** Words of a plan that only looks. */
export const onlyLooks = (title: string, verify: string): Words => ({
  title,
  risk: "safe",
  interrupts: "Nothing",
  undo: "Nothing to undo: it only looks",
  verify,
});
