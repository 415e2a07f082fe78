/** A value of a property list. Dictionaries are maps, so that no key of a file can mean anything to the language. */
export type PlistValue = string | number | boolean | PlistOpaque | readonly PlistValue[] | PlistDict;
export type PlistDict = ReadonlyMap<string, PlistValue>;

/** Dates, bytes and references of archives: they have no meaning in a definition of a job, and are not kept. */
export type PlistOpaque = { readonly kind: "date" | "bytes" | "reference" };

/** Why a text or file is no property list, in words that quote nothing of it: values may be secrets. */
export class PlistFault extends Error {}

/** Nothing that is a job comes near these; beyond them a file is refused before it costs memory or time. */
export const plistLimits = { bytes: 1_048_576, depth: 32, values: 50_000 } as const;

export const isDict = (value: PlistValue | undefined): value is PlistDict => value instanceof Map;
export const isText = (value: PlistValue | undefined): value is string => typeof value === "string";
export const isList = (value: PlistValue | undefined): value is readonly PlistValue[] => Array.isArray(value);
