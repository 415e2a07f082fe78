import type { Raised } from "../../../../../core/model/finding.ts";
import type { Loose } from "../../knowledge/loose.ts";
import type { Opinion } from "../opinion.ts";

/**
 * Reads one JSON document. Undefined: this is not the shape it knows. An empty list: it knows the shape, and nothing is wrong,
 * so that the words in the document are not read a second time by the wording rules. `ours`: the text around it speaks of OpenClaw.
 */
export type DocumentReader = (document: Loose, ours: boolean) => readonly Opinion[] | undefined;

/** How sure an answer with structure is. */
export const STRUCTURED = 0.85;

/** Turns what a judge raised into opinions. A note (green) is worth little in an explanation. */
export const opinions = (raised: readonly Raised[], confidence = STRUCTURED): readonly Opinion[] =>
  raised.map(({ code, evidence, light }) => ({ code, line: evidence[0]?.text ?? code, confidence: light === "green" ? 0.35 : confidence }));

export const say = (code: string, line: string, confidence = STRUCTURED): Opinion => ({ code, line, confidence });
