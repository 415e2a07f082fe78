import { describe, expect, it } from "vitest";
import { type TailSource, tailWindow } from "./tail-window.ts";

const source = (text: string, inode = "1"): TailSource & { reads: number[] } => {
  const bytes = new TextEncoder().encode(text);
  const reads: number[] = [];
  return {
    inode,
    size: bytes.length,
    reads,
    read: async (offset, length) => {
      reads.push(length);
      return bytes.subarray(offset, offset + length);
    },
  };
};

describe("tailWindow", () => {
  it("drops the beginning that the window cut through", async () => {
    const chunk = await tailWindow(source("aaaa\nbbbb\ncccc\n"), null, 8);
    expect(chunk).toEqual({ lines: ["cccc"], cursor: { inode: "1", offset: 15 }, rotated: false, skippedBytes: 10 });
  });

  it("keeps the first line when the window happens to begin behind a line break", async () => {
    const chunk = await tailWindow(source("aaaa\nbbbb\ncccc\n"), null, 10);
    expect(chunk).toMatchObject({ lines: ["bbbb", "cccc"], skippedBytes: 5 });
  });

  it("never reads more than one byte beyond the window", async () => {
    const log = source("x".repeat(10_000));
    await tailWindow(log, null, 100);
    await tailWindow(log, { inode: "1", offset: 50 }, 100);
    expect(Math.max(...log.reads)).toBeLessThanOrEqual(101);
  });

  it("takes a file with another inode as a new one, even when it is longer", async () => {
    const chunk = await tailWindow(source("one\ntwo\n", "2"), { inode: "1", offset: 4 }, 100);
    expect(chunk).toEqual({ lines: ["one", "two"], cursor: { inode: "2", offset: 8 }, rotated: true, skippedBytes: 0 });
  });

  it("gets past a line longer than the window: its beginning once, its rest passed over", async () => {
    const start = `${"x".repeat(30)}`;
    const first = await tailWindow(source(start), null, 30);
    expect(first).toMatchObject({ lines: [start], cursor: { offset: 30 } });
    const second = await tailWindow(source(`${start}${"x".repeat(10)}`), first.cursor, 30);
    expect(second).toMatchObject({ lines: [], cursor: { offset: 40 }, skippedBytes: 10 });
    const third = await tailWindow(source(`${start}${"x".repeat(10)}xx\nnext\n`), second.cursor, 30);
    expect(third).toMatchObject({ lines: ["next"], cursor: { offset: 48 }, skippedBytes: 3 });
  });

  it("cuts a line at 65536 characters", async () => {
    const chunk = await tailWindow(source(`${"y".repeat(70_000)}\nshort\n`), null, 262_144);
    expect(chunk.lines.map((line) => line.length)).toEqual([65_536, 5]);
  });

  it("keeps empty lines, which separate blocks", async () => {
    expect((await tailWindow(source("a\n\nb\n"), null, 100)).lines).toEqual(["a", "", "b"]);
  });

  it("stands still in an empty file and on a half line", async () => {
    expect(await tailWindow(source(""), null, 100)).toMatchObject({ lines: [], cursor: { offset: 0 } });
    expect(await tailWindow(source("half"), null, 100)).toMatchObject({ lines: [], cursor: { offset: 0 }, skippedBytes: 0 });
  });

  it("survives a file that shrank while it was read", async () => {
    const shrunk: TailSource = { inode: "1", size: 50, read: async () => new Uint8Array(0) };
    expect(await tailWindow(shrunk, { inode: "1", offset: 20 }, 100)).toMatchObject({ lines: [], cursor: { offset: 20 } });
  });

  it("decodes what is not UTF-8 instead of failing", async () => {
    const bytes = Uint8Array.of(0xff, 0x41, 0x0a);
    const chunk = await tailWindow({ inode: "1", size: 3, read: async () => bytes }, null, 100);
    expect(chunk.lines).toEqual(["\uFFFDA"]);
  });
});
