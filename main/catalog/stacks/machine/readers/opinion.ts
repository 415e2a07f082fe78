import type { ReaderSignature } from "../../../../core/model/signature.ts";
import type { MachineCode } from "../codes.ts";

/** What a reader makes of structured text: a problem, the line that decides, and how sure it is (0…1). */
export type Opinion = { readonly code: MachineCode; readonly line: string; readonly confidence: number };

export const opinion = (code: MachineCode, line: string, confidence: number): Opinion => ({ code, line: line.trim(), confidence });

/** One signature per code that `read` can give; the surest opinion on that code counts. */
export function readersFor(all: readonly MachineCode[], read: (text: string) => readonly Opinion[]): readonly ReaderSignature[] {
  return all.map((code) => ({
    kind: "reader",
    code,
    read: (text) => {
      const [best] = read(text)
        .filter((one) => one.code === code)
        .sort((a, b) => b.confidence - a.confidence);
      return best === undefined ? null : { line: best.line, confidence: best.confidence };
    },
  }));
}
