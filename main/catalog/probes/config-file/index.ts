import { z } from "zod";
import { defineProbe, type ProbeType } from "../../../core/model/check.ts";
import type { Verdict } from "../../../core/model/observation.ts";
import type { Dangling, FileFacts } from "../../../core/ports/files.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import { oneLine, showBytes } from "../summary.ts";

/** Where a file stops making sense. `line` and `column` count from 1; the message must not quote the file, which may hold secrets. */
export type ParseProblem = { readonly line?: number; readonly column?: number; readonly message: string };

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ParseProblem };

/** Reads text into facts. It keeps no secret in them and tells `learnSecret` each one it meets. */
export type ParseConfig<T> = (text: string, context: Pick<ProbeContext, "learnSecret">) => Parsed<T>;

/** The text itself is never part of what was seen. */
export type ConfigFileSeen<T> =
  | { readonly kind: "parsed"; readonly facts: FileFacts; readonly parsed: T }
  | { readonly kind: "invalid"; readonly facts: FileFacts; readonly problem: ParseProblem }
  | { readonly kind: "missing"; readonly dangling?: Dangling }
  | { readonly kind: "unreadable"; readonly reason: string; readonly denied?: string }
  | { readonly kind: "too-large"; readonly sizeBytes: number; readonly limitBytes: number }
  | { readonly kind: "not-text" };

const optionsOf = <T>() =>
  z.object({
    path: z.string().min(1),
    maxBytes: z.number().positive().default(1_048_576),
    parse: z.custom<ParseConfig<T>>((value) => typeof value === "function"),
  });
export type ConfigFileOptions<T> = ReturnType<typeof optionsOf<T>>;

function tryParse<T>(parse: ParseConfig<T>, text: string, context: ProbeContext): Parsed<T> {
  try {
    return parse(text, context);
  } catch {
    // The thrown message is dropped: parsers like to quote the text they choke on.
    return { ok: false, problem: { message: "the file cannot be read as what it should be" } };
  }
}

function judgeSeen<T>(path: string, seen: ConfigFileSeen<T>): Verdict {
  const name = oneLine(path.slice(path.lastIndexOf("/") + 1), 40);
  switch (seen.kind) {
    case "parsed":
      return { light: "green", summary: `${name} is valid` };
    case "invalid": {
      const place = seen.problem.line === undefined ? "" : ` at line ${seen.problem.line}`;
      return { light: "red", summary: oneLine(`${name} is not valid${place}: ${seen.problem.message}`) };
    }
    case "missing":
      if (seen.dangling !== undefined)
        return { light: "amber", summary: oneLine(`${name} is a link to ${seen.dangling.target}, and nothing is there`) };
      return { light: "grey", summary: `${name} is not there`, applies: false };
    case "unreadable":
      return { light: "grey", summary: oneLine(`${name} cannot be read: ${seen.reason}`) };
    case "too-large":
      return { light: "amber", summary: `${name} is far too large (${showBytes(seen.sizeBytes)}), so it was not read` };
    case "not-text":
      return { light: "amber", summary: `${name} does not hold text` };
  }
}

/** Reads and parses one configuration file, bounded by `maxBytes`. `T` is what the parser makes of it. */
export const configFileProbe = <T>(): ProbeType<ConfigFileOptions<T>, ConfigFileSeen<T>> =>
  defineProbe<ConfigFileOptions<T>, ConfigFileSeen<T>>({
    type: "config-file",
    options: optionsOf<T>(),
    observe: async ({ path, maxBytes, parse }, context) => {
      const file = await context.ports.files.read(path, { maxBytes });
      if (file.kind !== "text") return file;
      const outcome = tryParse(parse, file.text, context);
      return outcome.ok
        ? { kind: "parsed", facts: file.facts, parsed: outcome.value }
        : { kind: "invalid", facts: file.facts, problem: outcome.problem };
    },
    judge: ({ path }, seen) => judgeSeen(path, seen),
  });
