import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { codeOf } from "./disk-failure.ts";
import { privateFolder, sweepFresh, syncFolder, writeWhole } from "./write-whole.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lamplighter-write-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe("writeWhole", () => {
  it("replaces content and permission bits at once, whatever the umask, and leaves nothing beside the file", async () => {
    const dir = folder();
    const path = join(dir, "a");
    for (const mode of [0o600, 0o666, 0o444, 0o755]) {
      await writeWhole(path, `with ${mode}`, { mode });
      expect([readFileSync(path, "utf8"), statSync(path).mode & 0o7777]).toEqual([`with ${mode}`, mode]);
    }
    expect(readdirSync(dir)).toEqual(["a"]);
  });

  it("leaves the old content and nothing else when the last look says no", async () => {
    const dir = folder();
    const path = join(dir, "a");
    writeFileSync(path, "old");
    const beforeRename = async () => {
      expect([readFileSync(path, "utf8"), readdirSync(dir).length]).toEqual(["old", 2]);
      throw new Error("changed meanwhile");
    };
    await expect(writeWhole(path, "new", { mode: 0o600, beforeRename })).rejects.toThrow("changed meanwhile");
    expect([readFileSync(path, "utf8"), readdirSync(dir)]).toEqual(["old", ["a"]]);
  });

  it("replaces a link itself and not what it leads to", async () => {
    const dir = folder();
    writeFileSync(join(dir, "target"), "theirs");
    symlinkSync("target", join(dir, "link"));
    await writeWhole(join(dir, "link"), "ours", { mode: 0o600 });
    expect([readFileSync(join(dir, "target"), "utf8"), readFileSync(join(dir, "link"), "utf8")]).toEqual(["theirs", "ours"]);
  });

  it("leaves nothing behind when the name is taken by a folder, or its folder is not there", async () => {
    const dir = folder();
    mkdirSync(join(dir, "b", "full"), { recursive: true });
    expect(await writeWhole(join(dir, "b"), "x", { mode: 0o600 }).then(() => "", codeOf)).toBe("EISDIR");
    expect(await writeWhole(join(dir, "none", "a"), "x", { mode: 0o600 }).then(() => "", codeOf)).toBe("ENOENT");
    expect(readdirSync(dir)).toEqual(["b"]);
  });
});

describe("privateFolder", () => {
  it("makes a folder for this account alone, with those above it, and closes one that is open", async () => {
    const dir = folder();
    await privateFolder(join(dir, "a", "b"));
    expect([statSync(join(dir, "a")).mode & 0o777, statSync(join(dir, "a", "b")).mode & 0o777]).toEqual([0o700, 0o700]);
    chmodSync(join(dir, "a"), 0o777);
    await privateFolder(join(dir, "a"));
    expect(statSync(join(dir, "a")).mode & 0o777).toBe(0o700);
  });

  it("throws when a file is in its place", async () => {
    const path = join(folder(), "a");
    writeFileSync(path, "");
    expect(await privateFolder(path).then(() => "", codeOf)).toMatch(/EEXIST|ENOTDIR/);
    expect(await syncFolder(path).then(() => "", codeOf)).toBe("ENOTDIR");
  });
});

describe("sweepFresh", () => {
  it("takes away files of dead writers only, and nothing that merely looks like them", async () => {
    const dir = folder();
    const kept = [
      `.lamplighter-${process.pid}-0123456789ab.tmp`,
      ".lamplighter-x-0123456789ab.tmp",
      `.lamplighter-${2 ** 30}.tmp`,
      "a.tmp",
    ];
    for (const name of [...kept, `.lamplighter-${2 ** 30}-0123456789ab.tmp`]) writeFileSync(join(dir, name), "");
    await sweepFresh(dir);
    expect(readdirSync(dir).sort()).toEqual([...kept].sort());
    await sweepFresh(join(dir, "none"));
  });
});
