import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXPLAIN_LIMIT } from "../../core/contract/index.ts";
import { decodeText, readEnd, readFileEnd, readStreamEnd } from "./read-input.ts";

async function* pieces(...texts: readonly string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("readEnd", () => {
  it("keeps everything when it fits", async () => {
    const { bytes, skippedBytes } = await readEnd(pieces("ab", "cd"), 10);
    expect([text(bytes), skippedBytes]).toEqual(["abcd", 0]);
  });

  it("keeps exactly the last bytes, whatever the pieces were", async () => {
    for (const stream of [pieces("abcdefghij"), pieces(..."abcdefghij"), pieces("abcdefg", "hij")]) {
      const { bytes, skippedBytes } = await readEnd(stream, 4);
      expect([text(bytes), skippedBytes]).toEqual(["ghij", 6]);
    }
  });

  it("stops reading a stream that never ends", async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(1_000).fill(121);
    }
    const { bytes } = await readEnd(endless(), 10, 50_000);
    expect(text(bytes)).toBe("yyyyyyyyyy");
  });
});

describe("decodeText", () => {
  it("reads UTF-16 that says so", () => {
    expect(decodeText(Buffer.from("\ufefffehler: läuft nicht", "utf16le"))).toBe("fehler: läuft nicht");
  });

  it("refuses what is not text", () => {
    expect(() => decodeText(new Uint8Array(4_096))).toThrow("This is not text");
    expect(() => decodeText(Uint8Array.from({ length: 4_096 }, (_, i) => 128 + (i % 128)))).toThrow("This is not text");
  });

  it("forgives a few broken characters in a log", () => {
    expect(decodeText(Buffer.concat([Buffer.from("a long line of a log. ".repeat(20)), Buffer.from([0xff, 0xfe])]))).toContain(
      "a long line",
    );
  });
});

describe("files", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "lamplighter-input-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it("reads a small file whole", async () => {
    await writeFile(join(dir, "log"), "one\ntwo");
    expect(await readFileEnd(join(dir, "log"))).toEqual({ text: "one\ntwo", skippedBytes: 0 });
  });

  it("looks at the last MiB of a log of a gigabyte, quickly", async () => {
    const path = join(dir, "log");
    await writeFile(path, "x");
    await truncate(path, 1024 ** 3);
    await writeFile(path, "the end\n".repeat(EXPLAIN_LIMIT / 8), { flag: "a" });
    const started = performance.now();
    const input = await readFileEnd(path);
    expect(input.text.length).toBe(EXPLAIN_LIMIT);
    expect(input.text.endsWith("the end\n")).toBe(true);
    expect(input.skippedBytes).toBe(1024 ** 3);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each([
    ["missing", "there is no such file"],
    [".", "it is a folder"],
  ])("says why %s cannot be read", async (name, reason) => {
    await expect(readFileEnd(join(dir, name))).rejects.toThrow(reason);
  });

  it("refuses binary from a pipe as well", async () => {
    await expect(readStreamEnd(pieces("\u0000".repeat(100)))).rejects.toThrow("This is not text");
  });
});
