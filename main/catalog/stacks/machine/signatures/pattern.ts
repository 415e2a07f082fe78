import type { PatternSignature } from "../../../../core/model/signature.ts";
import type { MachineCode } from "../codes.ts";

type Rest = Pick<PatternSignature, "all" | "not">;

/** Shortens the tables beside this file: code, how sure (0…1), the wordings. */
export const says = (code: MachineCode, confidence: number, any: readonly RegExp[], rest: Rest = {}): PatternSignature => ({
  kind: "pattern",
  code,
  confidence,
  any,
  ...rest,
});
