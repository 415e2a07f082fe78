const MAX_VALUES = 200;

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON in a pasted text: the whole of it, or one value per line; at most 200 values. Text without JSON gives none. */
export function jsonValues(text: string): readonly unknown[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) return [];
  const whole = tryParse(trimmed);
  if (whole !== undefined) return Array.isArray(whole) ? whole.slice(0, MAX_VALUES) : [whole];
  return trimmed
    .split("\n", MAX_VALUES)
    .map((line) => tryParse(line))
    .filter((value) => value !== undefined);
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
