import type { Risk } from "../../../../core/model/finding.ts";
import type { ServiceAction } from "../../../../core/model/plan.ts";
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

/** A command that only looks: whatever it ends with, its answer counts. */
export const look = (argv: readonly string[], preview: string): Step => ({
  effect: { do: "run-command", argv: [...argv], envNames: [], accepts: [0, 1, 2, 3, 4, 113, 255] },
  preview,
  risk: "safe",
});
export const run = (argv: readonly string[], preview: string, risk: Risk = "safe"): Step => ({
  effect: { do: "run-command", argv: [...argv], envNames: [] },
  preview,
  risk,
});
export const unit = (action: ServiceAction, label: string, preview: string, risk: Risk = "disruptive"): Step => ({
  effect: { do: "service-unit", action, label },
  preview,
  risk,
});
export const removeFile = (path: string, preview: string): Step => ({ effect: { do: "remove-file", path }, preview, risk: "disruptive" });
export const setMode = (path: string, mode: number, preview: string): Step => ({
  effect: { do: "set-mode", path, mode },
  preview,
  risk: "safe",
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

/** A path of this account's own: what lies elsewhere is not ours to change. */
export function ownPathIn(params: Params, key: string, { home }: Place): string | undefined {
  const path = pathIn(params, key);
  const isPlain = path !== undefined && !/\/\/|\/\.{1,2}(?:\/|$)|\/$|\p{Cc}/u.test(path);
  return isPlain && path.startsWith(`${home}/`) ? path : undefined;
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

/** What undoing means where files are changed by us. */
export const FILES_COME_BACK = "Lamplighter keeps the former file and puts it back";
