import type { Signature, SignatureHit } from "../../../../core/model/signature.ts";
import { findings } from "../findings/index.ts";
import { isRecord, type Loose } from "../knowledge/loose.ts";
import { blocks } from "./blocks.ts";
import { answerDocuments } from "./documents/answers.ts";
import { connectionDocuments } from "./documents/connection.ts";
import { fileDocuments, readUnknown } from "./documents/files.ts";
import { gatewayDocuments } from "./documents/gateway-status.ts";
import type { DocumentReader } from "./documents/shape.ts";
import { type Opinion, surest } from "./opinion.ts";
import { type PastedText, readPasted } from "./pasted-text.ts";
import { readWords } from "./read-words.ts";

export { judgeLog, logSignatures } from "./live-log.ts";
export { readLogLine } from "./log-line.ts";

/** Shapes from the special to the general; the first that knows a document speaks for it. */
const readers: readonly DocumentReader[] = [...connectionDocuments, ...gatewayDocuments, ...fileDocuments, ...answerDocuments];

function readDocument(document: Loose, ours: boolean): readonly Opinion[] {
  for (const reader of readers) {
    const opinions = reader(document, ours);
    if (opinions !== undefined) return opinions;
  }
  return readUnknown(document, ours);
}

/** Notes in boxes break sentences over two lines, so those lines are also read in pairs. */
function pairs(lines: PastedText["lines"]): PastedText["lines"] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    return next !== undefined && line.shown.includes("│") && next.shown.includes("│")
      ? [{ shown: line.shown, text: `${line.text} ${next.text}` }]
      : [];
  });
}

/** The surest opinion per finding about a pasted text. Pure and bounded. */
export function readText(whole: string): ReadonlyMap<string, SignatureHit> {
  const pasted = readPasted(whole);
  return surest([
    ...pasted.documents.filter(isRecord).flatMap((document) => readDocument(document, pasted.ours)),
    ...blocks.flatMap((read) => read(pasted.lines, whole)),
    ...[...pasted.lines, ...pairs(pasted.lines)].flatMap((line) => readWords(line, pasted.ours)),
  ]);
}

/** Remembers the answer for one text, because every finding's signature asks about the same one. */
function onceEach(read: (text: string) => ReadonlyMap<string, SignatureHit>): typeof read {
  let last: { readonly text: string; readonly answer: ReadonlyMap<string, SignatureHit> } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, answer: read(text) };
    return last.answer;
  };
}

const ask = onceEach(readText);

/** How every finding shows in text. One reading of a text answers for all of them. */
export const signatures: readonly Signature[] = findings.map(({ code }) => ({
  kind: "reader",
  code,
  read: (text) => ask(text).get(code) ?? null,
}));
