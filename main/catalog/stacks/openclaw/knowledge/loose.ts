/** JSON of a program we do not own: every field may be missing or of another type. These readers never throw. */
export type Loose = Readonly<Record<string, unknown>>;

const nothing: Loose = {};

export const isRecord = (value: unknown): value is Loose => typeof value === "object" && value !== null && !Array.isArray(value);

/** The value as an object, or an empty one. */
export const record = (value: unknown): Loose => (isRecord(value) ? value : nothing);

/** The value at a path of keys, or undefined. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) here = isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return here;
}

export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const records = (value: unknown): readonly Loose[] => items(value).filter(isRecord);
export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
export const number = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
export const flag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
export const texts = (value: unknown): readonly string[] => items(value).filter((item) => typeof item === "string");

/** A row of one of our own tables by a name from outside, which may also be the name of something that every object has. */
export const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Latest moment that a calendar knows, epoch milliseconds. */
const latestMs = 8.64e15;

/** Epoch milliseconds of a moment; a number that no calendar reaches is not a time. */
export function moment(value: unknown): number | undefined {
  const ms = number(value);
  return ms !== undefined && ms >= 0 && ms <= latestMs ? ms : undefined;
}

/** Entries of an object whose values are objects. */
export const entries = (value: unknown): readonly (readonly [string, Loose])[] =>
  Object.entries(record(value)).flatMap(([key, item]) => (isRecord(item) ? [[key, item] as const] : []));

/** One line of at most `limit` characters, control characters and runs of white space folded to one blank. */
export function oneLine(value: string, limit = 160): string {
  const flat = value.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return flat.length <= limit ? flat : `${flat.slice(0, limit - 1)}…`;
}

/** Parses JSON; undefined when it is none. */
export function parseJson(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** The first JSON object or array in a text that may start with other lines; undefined when there is none. */
export function firstJson(value: string): unknown {
  const start = value.search(/^\s*[{[]/m);
  if (start < 0) return undefined;
  return (
    parseJson(value.slice(start)) ??
    parseJson(value.slice(start, value.lastIndexOf(value.slice(start).trimStart().startsWith("[") ? "]" : "}") + 1))
  );
}
