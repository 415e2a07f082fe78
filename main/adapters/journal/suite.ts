import { describe, expect, it } from "vitest";
import type { Journal } from "../../core/ports/journal.ts";

/** Two journals that share one place, as two processes do, and a way to alter the text of a line that is there (counted from 0). */
export type JournalRig = {
  readonly mine: Journal;
  readonly other: Journal;
  alter(line: number, change: (text: string) => string): Promise<void>;
};

/** What every implementation of Journal must do. */
export function journalSuite(name: string, make: () => Promise<JournalRig>): void {
  describe(`${name} as a Journal`, () => {
    it("is whole and has no lines at first", async () => {
      const { mine } = await make();
      expect(await mine.verify()).toEqual({ kind: "whole", lines: 0 });
      expect(await mine.recent(5)).toEqual([]);
    });

    it("counts lines from 1, stamps them, and gives the newest oldest first, to both", async () => {
      const { mine, other } = await make();
      const first = await mine.append({ what: "repair-started", facts: { code: "a.b", text: "line\nline \u2028 é" } });
      expect(first).toMatchObject({ seq: 1, what: "repair-started", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(Math.abs(first.at - Date.now())).toBeLessThan(600_000);
      const rest = [await other.append({ what: "step-done", facts: { step: 0 } }), await mine.append({ what: "repair-ended", facts: {} })];
      expect(await other.recent(10)).toEqual([first, ...rest]);
      expect(await mine.recent(2)).toEqual(rest);
      expect(await mine.recent(0)).toEqual([]);
      expect(await mine.verify()).toEqual({ kind: "whole", lines: 3 });
    });

    it("keeps every line when many are written at once, each in the order of its writer", async () => {
      const { mine, other } = await make();
      const writes = Array.from({ length: 20 }, (_, n) => [mine, other].map((one, who) => one.append({ what: "step", facts: { who, n } })));
      await Promise.all(writes.flat());
      expect(await mine.verify()).toEqual({ kind: "whole", lines: 40 });
      const lines = await mine.recent(100);
      expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      for (const who of [0, 1]) {
        const own = lines.filter(({ facts }) => facts["who"] === who);
        expect(own.map(({ facts }) => facts["n"])).toEqual(Array.from({ length: 20 }, (_, n) => n));
      }
    });

    it("chains lines: two with the same content have different hashes", async () => {
      const { mine } = await make();
      const entry = { what: "same", facts: {} };
      expect((await mine.append(entry)).hash).not.toBe((await mine.append(entry)).hash);
    });

    it("tells the first altered line, and goes on", async () => {
      const { mine, alter } = await make();
      for (const n of [1, 2, 3]) await mine.append({ what: "step", facts: { n } });
      await alter(1, (text) => text.replace('"n":2', '"n":7'));
      expect(await mine.verify()).toMatchObject({ kind: "damaged", at: 2, reason: expect.stringMatching(/altered/) });
      await mine.append({ what: "after", facts: {} });
      expect((await mine.recent(1))[0]).toMatchObject({ seq: 4, what: "after" });
      expect(await mine.verify()).toMatchObject({ kind: "damaged", at: 2 });
    });
  });
}
