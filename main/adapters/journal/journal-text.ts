import { createHash } from "node:crypto";
import type { JournalEntry, JournalLine } from "../../core/ports/journal.ts";

/** The hash before the first line. */
export const firstHash = "0".repeat(64);

export const longestLineBytes = 262_144;

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The next line of the chain. Its hash covers the hash before it and everything else it says, in one fixed order of names. */
export function nextLine(entry: JournalEntry, before: { readonly seq: number; readonly hash: string }, at: number): JournalLine {
  const facts: JournalLine["facts"] = JSON.parse(JSON.stringify(entry.facts));
  const body = { seq: before.seq + 1, at, what: entry.what, facts };
  return { ...body, hash: hashOf(before.hash, body) };
}

export const hashOf = (before: string, { seq, at, what, facts }: Omit<JournalLine, "hash">): string =>
  sha256(`${before}\n${canonical({ seq, at, what, facts })}`);

/** One line of the file, without its end. */
export const textOf = ({ seq, at, what, facts, hash }: JournalLine): string => canonical({ seq, at, what, facts, hash });

/** A line as it was written; undefined for anything that we would not have written byte by byte like this. */
export function parseLine(text: string): JournalLine | undefined {
  try {
    const { seq, at, what, facts, hash }: Record<string, unknown> = JSON.parse(text);
    if (typeof seq !== "number" || typeof at !== "number" || typeof what !== "string" || typeof hash !== "string") return undefined;
    if (!isRecord(facts)) return undefined;
    const line = { seq, at, what, facts, hash };
    // A name that stands twice, or a space, would let a person read something else than a program.
    return textOf(line) === text ? line : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON with the names inside `facts` sorted; the few names of a line itself keep the order in which people read them. */
const canonical = (line: Partial<JournalLine>): string => JSON.stringify({ ...line, facts: sorted(line.facts) });

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

/** What was cut, as the line after it tells: how many bytes, and their SHA-256. */
export const repairOf = (fragment: Uint8Array): JournalEntry => ({
  what: "journal-repaired",
  facts: { cutBytes: fragment.length, cutSha256: sha256(fragment) },
});

export const accountsFor = (line: JournalLine, fragment: Uint8Array): boolean =>
  line.what === "journal-repaired" && line.facts["cutBytes"] === fragment.length && line.facts["cutSha256"] === sha256(fragment);
