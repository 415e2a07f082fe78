import { journalText } from "../../../core/model/journal-text.ts";
import { SCHEMA_VERSION } from "../../../core/model/snapshot.ts";
import { clientOf, openApp } from "../app-client.ts";
import type { Verb } from "../call.ts";
import { tellPage } from "../carry-out.ts";
import { momentWords } from "../time-words.ts";

const WHOLE = 0;
const DAMAGED = 1;

/** What Lamplighter did, newest last, and whether the record of it is whole. */
export const journal: Verb = async (call) => {
  const { terminal, wish } = call;
  const app = await openApp(call, "once");
  try {
    const read = await clientOf(app).readJournal(wish.limit === undefined ? {} : { limit: wish.limit });
    const damage = read.whole
      ? undefined
      : `The record is damaged: ${read.damage ?? "it does not fit together"}. What can be read is shown.`;
    if (wish.json) terminal.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...read })}\n`);
    else {
      tellPage(call, (page) => {
        if (read.lines.length === 0) page.line(0, "", "Lamplighter has not changed anything here yet.");
        for (const row of read.lines) page.line(0, `${page.paint.faint(momentWords(row.at))} `, journalText(row));
      });
      if (damage !== undefined) terminal.complain(`${damage}\n`);
    }
    return read.whole ? WHOLE : DAMAGED;
  } finally {
    await app.stop();
  }
};
