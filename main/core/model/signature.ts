/** Where in a pasted text a signature was found. `line` is the text of the deciding line, without its line break. */
export type SignatureHit = { readonly line: string; readonly confidence: number };

/**
 * How a symptom shows in text that a person may paste: an error, a log excerpt, the output of a command.
 * Signatures are general rules about a program's wording; they must be silent on other programs' text.
 */
export type Signature = PatternSignature | ReaderSignature;

/** Matches when some line matches one of `any`, every `all` matches somewhere in the text, and no `not` does. */
export type PatternSignature = {
  readonly kind: "pattern";
  readonly code: string;
  /** Alternatives; the first line that matches one of them is shown. */
  readonly any: readonly RegExp[];
  readonly all?: readonly RegExp[];
  readonly not?: readonly RegExp[];
  /** 0…1: how surely this text means this finding and nothing else. */
  readonly confidence: number;
};

/** For text with structure (JSON answers, `launchctl print` blocks): reads it and gives its own opinion. Pure, never throws. */
export type ReaderSignature = {
  readonly kind: "reader";
  readonly code: string;
  read(text: string): SignatureHit | null;
};
