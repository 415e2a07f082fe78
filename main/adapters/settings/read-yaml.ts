import { createRequire } from "node:module";

/** A place in the text and what is wrong there; line and column count from 1. */
export type YamlProblem = { readonly line: number; readonly column: number; readonly message: string };

/** The mapping a text holds, or null with at least one problem. Problems beside a mapping are worth telling, but do no harm. */
export type YamlReading = {
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly YamlProblem[];
  /** Where a value stands, or the nearest value around it that is there. */
  place(path: readonly PropertyKey[]): { readonly line: number; readonly column: number };
};

const MOST_PROBLEMS = 5;
const nowhere = { line: 1, column: 1 };

/** Loaded on first use, because most people never write a config file; and at once, because settings must be known before the rest starts. */
const loadYaml = (): typeof import("yaml") => createRequire(import.meta.url)("yaml");

/** Reads YAML, and quotes nothing from it when it is wrong: it may hold secrets. */
export function readYaml(text: string): YamlReading {
  const { isMap, isNode, LineCounter, parseDocument } = loadYaml();
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    const place: YamlReading["place"] = (path) => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (!isNode(node) || node.range == null) continue;
        const { line, col } = lineCounter.linePos(node.range[0]);
        return { line, column: col };
      }
      return nowhere;
    };
    const problems = [...document.errors, ...document.warnings].slice(0, MOST_PROBLEMS).map(({ pos, message }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return { line, column: col, message: `${firstSentence(message)}.` };
    });
    if (document.errors.length > 0) return { values: null, problems, place };
    // A bound on aliases, so that a few lines cannot stand for gigabytes.
    const values = document.toJS({ maxAliasCount: 100 });
    if (isMap(document.contents) || values === null) return { values: values ?? {}, problems, place };
    return {
      values: null,
      problems: [{ ...nowhere, message: "The file must consist of sections, such as “stacks:”, each with settings below it." }],
      place,
    };
  } catch {
    return {
      values: null,
      problems: [{ ...nowhere, message: "The file is nested too deeply, or repeats itself through aliases too often." }],
      place: () => nowhere,
    };
  }
}

const firstSentence = (message: string): string => message.split(/[\n:]/)[0]?.trim().replace(/\.$/, "") ?? "";
