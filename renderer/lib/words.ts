import { CallFailed, type ErrorCode } from "../../main/core/contract/errors.ts";
import type { Risk } from "../../main/core/model/finding.ts";
import type { Light } from "../../main/core/model/light.ts";

/** What a lamp can look like: the four lights, and a ring segment while nothing is known yet because work is under way. */
export type LampShape = Light | "working";

/** A lamp in one word, for people who do not see it. */
export const lampWords: Readonly<Record<LampShape, string>> = {
  green: "Fine",
  amber: "Attention",
  red: "Problem",
  grey: "Unknown",
  working: "Checking",
};

export const riskWords: Readonly<Record<Risk, string>> = {
  safe: "Safe",
  disruptive: "Interrupts work",
  destructive: "Cannot be undone",
};

export type Failure = { readonly code: ErrorCode; readonly message: string };

export const asFailure = (error: unknown): Failure =>
  error instanceof CallFailed ? { code: error.code, message: error.message } : { code: "internal", message: String(error) };

const failureWords: Partial<Record<ErrorCode, string>> = {
  "not-here": "This front of Lamplighter cannot do that.",
  "not-found": "That is no longer there. It may have been solved in the meantime.",
  busy: "Lamplighter is already doing that. Wait a moment.",
  refused: "Lamplighter will not do that now. Nothing was changed.",
  cancelled: "This was cancelled.",
  transport: "Lamplighter did not answer. It may have stopped.",
};

/** The core's own sentence, where it is one for people: why it will not do something now, or who is doing it. */
const ownWords = ({ code, message }: Failure): string | undefined =>
  (code === "refused" || code === "busy") && message.includes(" ") ? message : undefined;

/** A failed call in words: what happened, and that nothing was changed by it. */
export const sayFailure = (failure: Failure): string =>
  ownWords(failure) ?? failureWords[failure.code] ?? "Lamplighter made a mistake of its own. Nothing was changed.";

/** A remedy's button: "…" promises that something is shown or asked before anything happens. */
export const withEllipsis = (title: string): string => `${title.replace(/(\.{3}|…|\.)$/, "")}…`;

export const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
