import { describe, expect, it } from "vitest";
import type { Files } from "../../core/ports/files.ts";

/** A place with files that the test may change; paths are absolute, below `root`. */
export type FilesPlace = {
  readonly files: Files;
  readonly root: string;
  readonly write: (path: string, text: string, mode?: number) => void;
  readonly append: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  /** Lets time go by, so that watchers notice. */
  readonly pass: (ms: number) => Promise<void>;
};

/** What every implementation of Files must do. */
export function filesSuite(name: string, make: () => FilesPlace): void {
  describe(`${name} as Files`, () => {
    it("reads a whole text file together with its facts", async () => {
      const { files, root, write } = make();
      write(`${root}/a.txt`, "grüß dich\n", 0o600);
      const read = await files.read(`${root}/a.txt`);
      expect(read).toMatchObject({ kind: "text", text: "grüß dich\n", facts: { kind: "file", sizeBytes: 12, mode: 0o600 } });
    });

    it("tells a missing file from one that is too large, one that is not text, and a folder", async () => {
      const { files, root, write } = make();
      write(`${root}/big`, "x".repeat(101));
      write(`${root}/binary`, "\u0000\u0001\u0002");
      expect(await files.read(`${root}/none`)).toEqual({ kind: "missing" });
      expect(await files.read(`${root}/none/below`)).toEqual({ kind: "missing" });
      expect(await files.read(`${root}/big`, { maxBytes: 100 })).toEqual({ kind: "too-large", sizeBytes: 101, limitBytes: 100 });
      expect(await files.read(`${root}/binary`)).toEqual({ kind: "not-text" });
      expect(await files.read(root)).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("folder") });
    });

    it("reads a file of exactly the limit", async () => {
      const { files, root, write } = make();
      write(`${root}/fits`, "x".repeat(100));
      expect(await files.read(`${root}/fits`, { maxBytes: 100 })).toMatchObject({ kind: "text" });
    });

    it("gives facts for files and folders, and null where nothing is", async () => {
      const { files, root, write } = make();
      write(`${root}/folder/a`, "abc");
      expect(await files.facts(`${root}/folder/a`)).toMatchObject({ kind: "file", sizeBytes: 3 });
      expect(await files.facts(`${root}/folder`)).toMatchObject({ kind: "directory" });
      expect(await files.facts(`${root}/none`)).toBeNull();
      expect(await files.presence(`${root}/folder/a`)).toMatchObject({ kind: "there", facts: { kind: "file", sizeBytes: 3 } });
      expect(await files.presence(`${root}/none/below`)).toEqual({ kind: "missing" });
    });

    it("lists names sorted, and nothing for what is no folder", async () => {
      const { files, root, write } = make();
      for (const each of ["b", "a", "c/inner"]) write(`${root}/list/${each}`, "");
      expect(await files.list(`${root}/list`)).toEqual(["a", "b", "c"]);
      expect(await files.list(`${root}/list/a`)).toEqual([]);
      expect(await files.list(`${root}/nowhere`)).toEqual([]);
    });

    it("resolves dots in a path that exists and gives null for one that does not", async () => {
      const { files, root, write } = make();
      write(`${root}/folder/a`, "");
      expect(await files.realPath(`${root}/folder/../folder/a`)).toBe(await files.realPath(`${root}/folder/a`));
      expect(await files.realPath(`${root}/folder/../none`)).toBeNull();
    });

    it("tails from the end of what was read before, leaving a half line for next time", async () => {
      const { files, root, write, append } = make();
      write(`${root}/log`, "one\r\ntwo\nthr");
      const first = await files.tail(`${root}/log`, null);
      expect(first).toMatchObject({ lines: ["one", "two"], rotated: false, skippedBytes: 0 });
      append(`${root}/log`, "ee\nfour\n");
      const second = await files.tail(`${root}/log`, first?.cursor ?? null);
      expect(second?.lines).toEqual(["three", "four"]);
      expect((await files.tail(`${root}/log`, second?.cursor ?? null))?.lines).toEqual([]);
    });

    it("starts again when the file became shorter, and says so", async () => {
      const { files, root, write } = make();
      write(`${root}/log`, "one\ntwo\nthree\n");
      const first = await files.tail(`${root}/log`, null);
      write(`${root}/log`, "new\n");
      expect(await files.tail(`${root}/log`, first?.cursor ?? null)).toMatchObject({ lines: ["new"], rotated: true });
    });

    it("passes over what does not fit, and says how much", async () => {
      const { files, root, write, append } = make();
      write(`${root}/log`, "first\n");
      const first = await files.tail(`${root}/log`, null);
      append(`${root}/log`, `${"x".repeat(90)}\n${"y".repeat(90)}\nlast\n`);
      const second = await files.tail(`${root}/log`, first?.cursor ?? null, { maxBytes: 20 });
      expect(second).toMatchObject({ lines: ["last"], rotated: false, skippedBytes: 182 });
    });

    it("gives null for a log that is not there", async () => {
      const { files, root } = make();
      expect(await files.tail(`${root}/none`, null)).toBeNull();
      expect(await files.tail(root, null)).toBeNull();
    });

    it("calls back after a file appeared, changed, or went, and no more once stopped", async () => {
      const { files, root, write, append, remove, pass } = make();
      write(`${root}/other`, "");
      let calls = 0;
      const stop = files.watch(`${root}/watched`, () => {
        calls += 1;
      });
      await pass(500);
      expect(calls).toBe(0);
      write(`${root}/watched`, "1");
      await pass(700);
      expect(calls).toBe(1);
      append(`${root}/watched`, "2");
      await pass(700);
      expect(calls).toBe(2);
      remove(`${root}/watched`);
      await pass(700);
      expect(calls).toBe(3);
      stop();
      write(`${root}/watched`, "3");
      await pass(700);
      expect(calls).toBe(3);
    });

    it("calls back for a watched folder when something in it changes", async () => {
      const { files, root, write, pass } = make();
      write(`${root}/folder/a`, "");
      let calls = 0;
      const stop = files.watch(`${root}/folder`, () => {
        calls += 1;
      });
      await pass(400);
      write(`${root}/folder/b`, "new");
      await pass(700);
      stop();
      expect(calls).toBe(1);
    });
  });
}
