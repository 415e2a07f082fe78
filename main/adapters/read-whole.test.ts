import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { execaCommandRunner } from "./command-runner/execa.ts";
import { codeOf } from "./disk-failure.ts";
import { readWhole } from "./read-whole.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lamplighter-read-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe("readWhole", () => {
  it("gives all bytes of a file, up to the limit and no further", async () => {
    const path = join(folder(), "a");
    for (const size of [0, 1, 1000]) {
      writeFileSync(path, Buffer.alloc(size, 7));
      expect(await readWhole(path, 1000)).toMatchObject({ kind: "read", bytes: Buffer.alloc(size, 7) });
    }
    writeFileSync(path, Buffer.alloc(1001));
    expect(await readWhole(path, 1000)).toMatchObject({ kind: "too-large" });
  });

  it("waits for no pipe, and reads no folder or device", async () => {
    const pipe = join(folder(), "pipe");
    await execaCommandRunner().run({ file: "mkfifo", args: [pipe], timeoutMs: 10_000 });
    for (const path of [pipe, folder(), "/dev/zero"]) expect([path, await readWhole(path, 10)]).toEqual([path, { kind: "not-a-file" }]);
  });

  it("follows no link, and throws what the system says", async () => {
    const dir = folder();
    writeFileSync(join(dir, "a"), "x");
    symlinkSync("a", join(dir, "link"));
    mkdirSync(join(dir, "b"));
    const codes = ["link", "none", "a/b"].map((name) => readWhole(join(dir, name), 10).then(() => "", codeOf));
    expect(await Promise.all(codes)).toEqual(["ELOOP", "ENOENT", "ENOTDIR"]);
  });
});
