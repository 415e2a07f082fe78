import type { ExplainMatch } from "../../../core/contract/index.ts";
import { clientOf, openApp } from "../app-client.ts";
import { type Call, Unable, type Verb } from "../call.ts";
import { COULD_NOT_RUN } from "../exit-code.ts";
import { createPage, type Page } from "../page.ts";
import { paintFor } from "../paint.ts";
import { type Input, readFileEnd, readStreamEnd } from "../read-input.ts";

const NOTHING = "Nothing in this text is known. Paste more of it: the lines before the error often tell more than the error itself.";

async function readInput({ wish, terminal }: Call): Promise<Input> {
  const path = wish.operand ?? "-";
  if (path !== "-") return readFileEnd(path);
  if (terminal.inputIsKeyboard) terminal.complain("Paste the text, then press Ctrl-D on an empty line.\n");
  return readStreamEnd(terminal.input);
}

function printMatch(page: Page, match: ExplainMatch, first: boolean): void {
  const { paint } = page;
  page.line(0, first ? "→ " : "  ", match.title, first ? paint.strong : undefined);
  const names = [match.stack, ...match.symptoms, match.code].join(" · ");
  page.line(4, "", `${names} · ${Math.round(match.confidence * 100)} % sure`, paint.faint);
  page.line(4, paint.faint("line "), match.line);
  page.line(4, paint.faint("do   "), match.runbook);
}

/** Says what pasted text means. Looks at the text alone; no stack is probed. */
export const explain: Verb = async (call) => {
  const { terminal, wish } = call;
  const { text, skippedBytes } = await readInput(call);
  if (text.trim() === "") throw new Unable("There is no text to explain.");
  const app = await openApp(call, "once");
  try {
    const { stack } = wish;
    const answer = await clientOf(app).explain({ text, ...(stack === undefined ? {} : { stack }) });
    if (skippedBytes > 0) terminal.complain(`Only the last ${Math.round((text.length / 1024 ** 2) * 10) / 10} MiB were looked at.\n`);
    if (wish.json) terminal.write(`${JSON.stringify(answer)}\n`);
    else {
      const page = createPage(paintFor(terminal.hasColour), terminal.columns());
      if (answer.matches.length === 0) page.line(0, "", NOTHING);
      answer.matches.forEach((match, i) => {
        if (i > 0) page.blank();
        printMatch(page, match, i === 0);
      });
      terminal.write(page.text());
    }
    return answer.matches.length > 0 ? 0 : COULD_NOT_RUN;
  } finally {
    await app.stop();
  }
};
