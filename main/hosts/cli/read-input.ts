import { open } from "node:fs/promises";
import { EXPLAIN_LIMIT } from "../../core/contract/index.ts";
import { Unable } from "./call.ts";

/** Text to look at. `skippedBytes` counts what lay before the kept end. */
export type Input = { readonly text: string; readonly skippedBytes: number };

/** Bytes kept: the end of a log is where the trouble is. One byte is at least one character, so it always fits the contract. */
const KEPT = EXPLAIN_LIMIT;
/** Reading an endless stream ends here. */
const MOST = 2 * 1024 ** 3;

/** Keeps the last bytes of a stream and never more than twice that in memory. */
export async function readEnd(
  stream: AsyncIterable<Uint8Array>,
  kept = KEPT,
  most = MOST,
): Promise<{ bytes: Uint8Array; skippedBytes: number }> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    held.push(Buffer.from(chunk.length > kept ? chunk.subarray(chunk.length - kept) : chunk));
    heldBytes += Math.min(chunk.length, kept);
    if (heldBytes > 2 * kept) {
      held = [Buffer.from(Buffer.concat(held).subarray(-kept))];
      heldBytes = kept;
    }
    if (total >= most) break;
  }
  const all = Buffer.concat(held);
  const bytes = all.subarray(Math.max(0, all.length - kept));
  return { bytes, skippedBytes: total - bytes.length };
}

/** UTF-8, or UTF-16 when it says so itself, as Windows tools save it. */
export function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  const text = new TextDecoder(encoding).decode(bytes);
  const sample = text.slice(0, 65_536);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text holds no zero bytes
  const odd = sample.match(/[\u0000\ufffd]/g)?.length ?? 0;
  if (odd > 8 && odd > sample.length / 50) throw new Unable("This is not text. Give an error message, a log, or the output of a command.");
  return text;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this account may not read it",
  EPERM: "this account may not read it",
  EISDIR: "it is a folder",
};

/** Reads the end of a file, or of a pipe that has a name. */
export async function readFileEnd(path: string): Promise<Input> {
  try {
    const handle = await open(path, "r");
    try {
      const facts = await handle.stat();
      if (facts.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
      const start = facts.isFile() ? Math.max(0, facts.size - KEPT) : 0;
      const { bytes, skippedBytes } = await readEnd(handle.createReadStream({ autoClose: false, ...(start > 0 ? { start } : {}) }));
      return { text: decodeText(bytes), skippedBytes: skippedBytes + start };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Unable) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new Unable(`Could not read ${path}: ${reasons[code] ?? `the system says ${code || "no"}`}.`);
  }
}

export async function readStreamEnd(stream: AsyncIterable<Uint8Array>): Promise<Input> {
  const { bytes, skippedBytes } = await readEnd(stream);
  return { text: decodeText(bytes), skippedBytes };
}
