/** A place in the text and what is wrong there; line and column count from 1. */
export type YamlProblem = { readonly line: number; readonly column: number; readonly message: string };

/** The mapping a text holds, or null with at least one problem. Problems beside a mapping are worth telling, but do no harm. */
export type YamlReading = { readonly values: Readonly<Record<string, unknown>> | null; readonly problems: readonly YamlProblem[] };

const MOST_PROBLEMS = 5;
const nowhere = { line: 1, column: 1 };

/** Reads YAML. The package is loaded on first use: most people never write a config file. Quotes nothing from the text, it may hold secrets. */
export async function readYaml(text: string): Promise<YamlReading> {
  const { isMap, LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    const problems = [...document.errors, ...document.warnings].slice(0, MOST_PROBLEMS).map(({ pos, message }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return { line, column: col, message: `${firstSentence(message)}.` };
    });
    if (document.errors.length > 0) return { values: null, problems };
    // A bound on aliases, so that a few lines cannot stand for gigabytes.
    const values = document.toJS({ maxAliasCount: 100 });
    if (isMap(document.contents) || values === null) return { values: values ?? {}, problems };
    return {
      values: null,
      problems: [{ ...nowhere, message: "The file must consist of sections, such as “stacks:”, each with settings below it." }],
    };
  } catch {
    return {
      values: null,
      problems: [{ ...nowhere, message: "The file is nested too deeply, or repeats itself through aliases too often." }],
    };
  }
}

const firstSentence = (message: string): string => message.split(/[\n:]/)[0]?.trim().replace(/\.$/, "") ?? "";
