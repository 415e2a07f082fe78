const MAX_VALUES = 200;
const MAX_LINES = 50_000;

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const opens = (line: string): boolean => /^\s{0,20}[[{]/.test(line);

/** The value that starts on one of the first lines that could start one, behind a prompt or a note. */
function firstDocument(lines: readonly string[]): unknown {
  const end = lines.findLastIndex((line) => /^\s{0,20}[\]}]/.test(line));
  const starts = lines.flatMap((line, index) => (opens(line) ? [index] : [])).slice(0, 3);
  for (const start of starts) {
    const value = end > start ? tryParse(lines.slice(start, end + 1).join("\n")) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** JSON in a pasted text: one document, or one value per line; at most 200 values. Text without JSON gives none. */
export function jsonValues(text: string): readonly unknown[] {
  const lines = text.split("\n", MAX_LINES);
  if (!lines.some(opens)) return [];
  const whole = tryParse(text) ?? firstDocument(lines);
  const values = whole === undefined ? lines.filter(opens).slice(0, MAX_VALUES).map(tryParse) : [whole];
  return values
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => value !== undefined)
    .slice(0, MAX_VALUES);
}

/** A field of an unknown value; undefined when it is not an object or lacks the field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** A text field; the empty text when it is missing or something else. */
export function textField(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === "string" ? found : "";
}
