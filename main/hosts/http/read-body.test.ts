import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readBody } from "./read-body.ts";

const from = (chunks: readonly (string | Uint8Array)[], headers: Record<string, string> = {}): IncomingMessage =>
  Object.assign<Readable, object>(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), { headers }) as IncomingMessage;

describe("readBody", () => {
  it("joins the pieces, also inside a character", async () => {
    const bytes = Buffer.from("für");
    expect(await readBody(from([bytes.subarray(0, 2), bytes.subarray(2)]))).toEqual({ kind: "text", text: "für" });
  });

  it("does not begin to read what announces itself as too large", async () => {
    expect(await readBody(from(["x"], { "content-length": "11" }), 10)).toEqual({ kind: "too-large" });
  });

  it("stops in the middle of what did not announce itself", async () => {
    expect(await readBody(from(["12345", "678901"]), 10)).toEqual({ kind: "too-large" });
    expect(await readBody(from(["12345", "67890"]), 10)).toEqual({ kind: "text", text: "1234567890" });
  });

  it("calls bytes that are no UTF-8 broken", async () => {
    expect(await readBody(from([Uint8Array.of(0xc3, 0x28)]))).toEqual({ kind: "broken" });
  });

  it("calls a body that was cut off broken", async () => {
    const body = from([]);
    const reading = readBody(body);
    body.destroy(new Error("aborted"));
    expect(await reading).toEqual({ kind: "broken" });
  });
});
