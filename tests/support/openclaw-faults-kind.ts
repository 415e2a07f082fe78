import type { Light } from "../../main/core/model/light.ts";
import type { Draft, LogEntry, Platform } from "./openclaw-faults-world.ts";

/** One thing that is wrong with an otherwise healthy gateway, and what must be said about it. */
export type Fault = {
  /** Row of the catalogue. */
  readonly row: string;
  /** What was done, in a few words. */
  readonly title: string;
  readonly code: string;
  /** Light of the whole; `green` only where the catalogue calls the row a note. */
  readonly light: Light;
  /** The injected fact, as the evidence must name it. */
  readonly evidence: RegExp;
  /** Argv of a step that the first plan must hold, joined by blanks; or the words of a step for a person. */
  readonly step: RegExp;
  readonly platform?: Platform;
  /** Takes the view of what other faults change: the gateway is elsewhere, or its manager cannot be asked. */
  readonly alone?: true;
  /** Section `stacks.openclaw` of our own settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  apply(draft: Draft): void;
};

/** The same line several times, 20 s apart, the newest ten seconds ago. */
export const repeated = (times: number, entry: Omit<LogEntry, "agoMs">): readonly LogEntry[] =>
  Array.from({ length: times }, (_, index) => ({ ...entry, agoMs: 10_000 + index * 20_000 }));

export const logged = (draft: Draft, entry: Omit<LogEntry, "agoMs">, times = 1): void => void draft.log.push(...repeated(times, entry));
