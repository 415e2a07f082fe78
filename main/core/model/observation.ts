import type { Raised } from "./finding.ts";
import type { Light } from "./light.ts";

/** Opinion on one observation. A verdict that does not apply (no such part on this machine) never drives a light. */
export type Verdict = {
  readonly light: Light;
  /** One line, at most about 90 characters, in the user's words. */
  readonly summary: string;
  readonly findings?: readonly Raised[];
  /** For somebody who asked: the whole comparison, several lines. Only checks of the slow lane have one. */
  readonly report?: string;
  /** False when the thing looked at does not exist here and need not exist: shown as a note, never as a lamp. */
  readonly applies?: boolean;
  /** Failures in a row until a lamp that no finding speaks for is believed (default 3; 2 where the evidence is that nothing listens). */
  readonly confirmAfter?: number;
};
