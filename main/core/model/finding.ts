import { z } from "zod";
import { Light } from "./light.ts";

/** Stable dotted name of a problem: `stack.part.problem`. */
export const FindingCode = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);

/** Id of a row of the symptom catalogue, such as O10 or G2. */
export const SymptomId = z.string().regex(/^[SKNOG]\d{1,2}$/);

/** One observed fact that supports a finding. `at` is epoch milliseconds of the observation. */
export const Evidence = z.object({
  source: z.string(),
  text: z.string(),
  at: z.number(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Risk = z.enum(["safe", "disruptive", "destructive"]);
export type Risk = z.infer<typeof Risk>;

export const RemedyRef = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(["plan", "wizard"]),
  risk: Risk,
});
export type RemedyRef = z.infer<typeof RemedyRef>;

/** A verdict worth telling. Data only: no functions, no secrets, safe to log and to send over any transport. */
export const Finding = z.object({
  code: FindingCode,
  symptoms: z.array(SymptomId),
  light: Light,
  /** `soft` waits for repeats; only a `hard` finding may cause a notice. */
  state: z.enum(["soft", "hard"]),
  title: z.string(),
  detail: z.string(),
  evidence: z.array(Evidence),
  root: z.boolean(),
  followers: z.array(FindingCode),
  ruledOut: z.array(z.string()),
  remedies: z.array(RemedyRef),
  /** Epoch milliseconds at which this finding was first seen without a gap. */
  since: z.number(),
});
export type Finding = z.infer<typeof Finding>;

/** What a check or a stack's diagnosis puts forward; the engine completes it with the words of its finding kind. */
export type Raised = {
  readonly code: string;
  /** Values for `{name}` placeholders of the finding kind's title and detail. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly evidence: readonly { readonly source: string; readonly text: string }[];
  readonly ruledOut?: readonly string[];
  /** Overrides the kind's light for this instance. */
  readonly light?: Light;
};

/**
 * The knowledge about one kind of problem.
 * `layer` orders roots: the lower the layer, the nearer to the ground (0 host … 9 provider).
 * `explains` lists codes that are mere consequences when this one is present (a trailing `*` matches any rest).
 * `confirmAfter` is the number of consecutive observations before the finding is hard (default 3).
 */
export type FindingKind = {
  readonly code: string;
  readonly symptoms: readonly string[];
  readonly light: Light;
  readonly layer: number;
  readonly title: string;
  readonly detail: string;
  readonly explains?: readonly string[];
  readonly confirmAfter?: number;
  readonly remedies?: readonly string[];
  readonly runbook: string;
};
