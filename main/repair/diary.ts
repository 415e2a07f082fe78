import { plain } from "../core/engine/plain.ts";
import { commandsOf } from "../core/model/effect-text.ts";
import type { PlannedEffect } from "../core/model/plan.ts";
import type { Journal, JournalLine } from "../core/ports/journal.ts";

type Facts = Readonly<Record<string, unknown>>;

/** Characters of one fact in the journal. */
const longestFact = 1_000;

/** Journal entries as repairs write them: without secrets, short, and about one thing. */
export class Diary {
  private readonly journal: Journal;
  private readonly clean: (text: string) => string;

  constructor(journal: Journal, clean: (text: string) => string) {
    this.journal = journal;
    this.clean = clean;
  }

  /** Rejects when it cannot be written: then nothing may be done either. */
  async write(what: string, facts: Facts): Promise<void> {
    await this.journal.append({ what, facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, this.fact(value)])) });
  }

  private fact(value: unknown): unknown {
    if (typeof value === "string") return plain(value, longestFact, this.clean);
    if (Array.isArray(value)) return value.map((one) => this.fact(one));
    return value;
  }
}

/** What a step is about to do, exactly, for the journal. The new text of a file is told by its length. */
export function stepFacts(planned: PlannedEffect): Facts {
  const { effect, preview } = planned;
  const commands = commandsOf(planned);
  return {
    kind: effect.do,
    preview,
    ...(commands.length === 0 ? {} : { commands }),
    ...(effect.do === "service-unit" ? { unit: effect.label, action: effect.action } : {}),
    ...(planned.touches === undefined || planned.touches.length === 0 ? {} : { changes: [...planned.touches] }),
    ...(effect.do === "write-file" ? { characters: effect.text.length } : {}),
  };
}

/** A line of the journal as fronts show it: every fact a short text. */
export const journalRow = ({ seq, at, what, facts }: JournalLine) => ({
  seq,
  at,
  what,
  facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === "string" ? value : asText(value)])),
});

const asText = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("; ") : JSON.stringify(value);
