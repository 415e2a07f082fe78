import type { Clock } from "../../core/ports/clock.ts";
import type { Journal, JournalLine } from "../../core/ports/journal.ts";
import { firstHash, hashOf, nextLine } from "./journal-text.ts";

/** `lines` is what processes share; a test may alter it. `fails` gives a reason while the invented disk takes nothing. */
export type FakeJournalOptions = {
  readonly clock: Pick<Clock, "nowMs">;
  readonly lines?: JournalLine[];
  readonly fails?: () => string | undefined;
};

/** A journal that ends with the process, chained like the one on the disk. */
export function fakeJournal({ clock, lines = [], fails = () => undefined }: FakeJournalOptions): Journal {
  return {
    append: async (entry) => {
      const reason = fails();
      if (reason !== undefined) throw new Error(reason);
      const line = nextLine(entry, lines.at(-1) ?? { seq: 0, hash: firstHash }, clock.nowMs());
      lines.push(line);
      return line;
    },
    recent: async (limit) => (limit > 0 ? structuredClone(lines.slice(-limit)) : []),
    verify: async () => {
      for (const [index, line] of lines.entries()) {
        const hash = lines[index - 1]?.hash ?? firstHash;
        if (line.seq !== index + 1 || line.hash !== hashOf(hash, line))
          return { kind: "damaged", at: index + 1, reason: "A line was altered." };
      }
      return { kind: "whole", lines: lines.length };
    },
  };
}
