import type { Raised } from "../model/finding.ts";
import { type Clean, plain } from "./plain.ts";

/** How much of one finding is kept: pieces of evidence, things ruled out, and characters of each text. */
const most = { evidence: 20, ruledOut: 12, text: 400, source: 120 } as const;
/** A parameter may be the path a plan works on, so what fits a path stays whole; the words of a title are cut where they are filled in. */
const longestParam = 4_096;

/**
 * What was raised, in a size that fits a page. A configuration or an answer may name ten thousand things; the first ones and
 * their number say as much.
 */
export function boundRaised(raised: Raised, clean?: Clean): Raised {
  const { evidence, params, ruledOut } = raised;
  const left = evidence.length - most.evidence;
  const last = evidence[most.evidence];
  return {
    ...raised,
    evidence: [
      ...evidence
        .slice(0, most.evidence)
        .map((one) => ({ source: plain(one.source, most.source, clean), text: plain(one.text, most.text, clean) })),
      ...(last === undefined ? [] : [{ source: plain(last.source, most.source, clean), text: `and ${left} more` }]),
    ],
    ...(params === undefined
      ? {}
      : { params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, bound(value, clean)])) }),
    ...(ruledOut === undefined ? {} : { ruledOut: ruledOut.slice(0, most.ruledOut).map((one) => plain(one, most.text, clean)) }),
  };
}

const bound = (value: string | number, clean: Clean = (whole) => whole): string | number =>
  typeof value === "string" ? clean(value.slice(0, longestParam * 2)).slice(0, longestParam) : value;
