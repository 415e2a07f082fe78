/** Codes that survive every transport. Words for people are made by the fronts. */
export const errorCodes = [
  "unknown-procedure",
  "invalid-input",
  "invalid-output",
  "not-here",
  "not-found",
  "busy",
  "refused",
  "cancelled",
  "transport",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An expected refusal of a call. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
