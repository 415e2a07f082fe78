import type { Readable } from "node:stream";

/** The beginning of a body as text; `truncated` when there was more, which is then not read at all. */
export type CappedBody = { readonly text: string; readonly truncated: boolean };

/** Reads at most `maxBytes` of a stream and ends it there. Rejects when the stream breaks before. */
export function cappedBody(stream: Readable, maxBytes: number): Promise<CappedBody> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let left = maxBytes;
    const done = (truncated: boolean) => {
      // Decoded as a stream when cut, so that half a character at the cut leaves no mark.
      resolve({ text: new TextDecoder().decode(Buffer.concat(pieces), { stream: truncated }), truncated });
      stream.destroy();
    };
    stream.on("data", (piece: Buffer) => {
      pieces.push(piece.subarray(0, left));
      left -= piece.length;
      if (left < 0) done(true);
    });
    stream.on("end", () => done(false));
    // Stays in place after the end: destroying a broken stream may raise a second error.
    stream.on("error", reject);
    stream.on("close", () => reject(Object.assign(new Error("closed early"), { code: "ECONNRESET" })));
  });
}
