import type { SignatureHit } from "../../../../core/model/signature.ts";

/** What one piece of a text means, before the best opinion per finding is chosen. */
export type Opinion = SignatureHit & { readonly code: string };

/** Keeps the surest opinion per code; the first one wins among equals. */
export function surest(opinions: readonly Opinion[]): ReadonlyMap<string, SignatureHit> {
  const best = new Map<string, Opinion>();
  for (const opinion of opinions) {
    const known = best.get(opinion.code);
    if (known === undefined || opinion.confidence > known.confidence) best.set(opinion.code, opinion);
  }
  return best;
}
