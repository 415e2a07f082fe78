import { clientOf, openApp } from "../app-client.ts";
import type { Verb } from "../call.ts";
import { createPage } from "../page.ts";
import { paintFor } from "../paint.ts";

/** Lists the catalogue: id, what a person sees, and the codes that answer it. */
export const symptoms: Verb = async (call) => {
  const { terminal, wish } = call;
  const app = await openApp(call, "once");
  try {
    const answer = await clientOf(app).listSymptoms({});
    const { stack } = wish;
    const rows = answer.symptoms.filter((row) => stack === undefined || row.stacks.includes(stack));
    if (wish.json) terminal.write(`${JSON.stringify({ ...answer, symptoms: rows })}\n`);
    else {
      const page = createPage(paintFor(terminal.hasColour), terminal.columns());
      for (const row of rows) {
        page.line(0, `${page.paint.strong(row.id.padEnd(4))}`, row.title);
        page.line(4, "", [...row.stacks, ...row.codes].join(" · "), page.paint.faint);
      }
      terminal.write(rows.length > 0 ? page.text() : "No symptom is known for this stack yet.\n");
    }
    return 0;
  } finally {
    await app.stop();
  }
};
