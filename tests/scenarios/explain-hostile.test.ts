import { describe, expect, it } from "vitest";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { explain } from "../../main/core/engine/explain.ts";
import type { FindingKind } from "../../main/core/model/finding.ts";

/** What patterns like to repeat over; each fills lines of 8000 characters, as long as a pattern ever sees. */
const pieces = [
  '{"a":',
  "a.b.",
  "a:b ",
  "a b ",
  "(/\\b",
  "[[",
  '"x" = ',
  "\t ",
  "1.1.1.1:1 ",
  "error: ",
  "gateway token ",
  "ssh: connect to host ",
  "foo.service: ",
  "=====",
  "-- ",
  "a@b:",
];
const textOf = (piece: string): string => `${piece.repeat(Math.ceil(8_000 / piece.length)).slice(0, 8_000)}\n`.repeat(8);

const kindOf = (code: string): FindingKind => ({ code, symptoms: [], light: "red", layer: 0, title: code, detail: "", runbook: "" });

function slowest(text: string): { readonly what: string; readonly ms: number } {
  return stacks
    .flatMap((stack) =>
      stack.signatures.map((signature) => {
        const began = performance.now();
        explain(text, [{ id: stack.id, findings: [kindOf(signature.code)], signatures: [signature] }]);
        const shown = signature.kind === "pattern" ? signature.any.join(" ").slice(0, 200) : "reader";
        return { what: `${signature.code} ${shown}`, ms: performance.now() - began };
      }),
    )
    .reduce((worst, one) => (one.ms > worst.ms ? one : worst));
}

describe("text made to keep the reader busy", () => {
  // Linear work on 64 KiB is a few milliseconds; a pattern that backtracks over the line needs seconds.
  it.each(pieces)("keeps no signature busy when it repeats %j", (piece) => {
    const { what, ms } = slowest(textOf(piece));
    expect(ms, what).toBeLessThan(400);
  });
});
