import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "./node-files.ts";
import { readNow } from "./read-now.ts";

const root = mkdtempSync(join(tmpdir(), "lamplighter-now-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("readNow", () => {
  it.each([
    ["text", "a: 1\n"],
    ["nothing", ""],
    ["no text", "a\u0000b"],
    ["more than allowed", "x".repeat(101)],
    ["exactly what is allowed", "x".repeat(100)],
  ])("answers like Files.read for a file of %s", async (_, text) => {
    const path = join(root, "file");
    writeFileSync(path, text);
    expect(readNow(path, 100)).toEqual(await nodeFiles.read(path, { maxBytes: 100 }));
  });

  it("answers like Files.read where nothing is", async () => {
    expect(readNow(join(root, "none"), 100)).toEqual(await nodeFiles.read(join(root, "none")));
  });

  it("neither opens a pipe, which would stop the whole program, nor a folder", async () => {
    await execaCommandRunner().run({ file: "mkfifo", args: [join(root, "pipe")], timeoutMs: 5_000 });
    expect(readNow(join(root, "pipe"), 100)).toMatchObject({ kind: "unreadable" });
    expect(readNow(root, 100)).toMatchObject({ kind: "unreadable" });
  });
});
