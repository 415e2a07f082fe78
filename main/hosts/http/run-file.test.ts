import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRunFile, removeRunFile, writeRunFile } from "./run-file.ts";

const facts = { pid: 4242, port: 4000, token: "t".repeat(43) };

describe("the file of a run", () => {
  let dir = "";
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), "lamplighter-run-")), "run");
  });
  afterEach(() => rm(join(dir, ".."), { recursive: true }));

  it("comes back as it was written", async () => {
    await writeRunFile(dir, facts);
    expect(await readRunFile(dir)).toEqual(facts);
    expect(await readdir(dir)).toEqual(["serve.json"]);
  });

  it("can be read by its owner only, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      await writeRunFile(dir, facts);
    } finally {
      process.umask(before);
    }
    expect((await stat(join(dir, "serve.json"))).mode & 0o777).toBe(0o600);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });

  it("replaces the file of an earlier run, also a link somebody put there", async () => {
    await writeRunFile(dir, facts);
    await rm(join(dir, "serve.json"));
    await writeFile(join(dir, "victim"), "keep me");
    await symlink(join(dir, "victim"), join(dir, "serve.json"));
    await writeRunFile(dir, { ...facts, port: 4001 });
    expect((await readRunFile(dir))?.port).toBe(4001);
    expect((await stat(join(dir, "victim"))).size).toBe("keep me".length);
  });

  it("is not believed when others could have written or read it", async () => {
    await writeRunFile(dir, facts);
    for (const mode of [0o644, 0o620, 0o606]) {
      await chmod(join(dir, "serve.json"), mode);
      expect(await readRunFile(dir)).toBeNull();
    }
  });

  it.each(["", "{", "[]", '{"pid":1,"port":0,"token":"x"}', JSON.stringify({ ...facts, port: 70_000 }), "x".repeat(10_000)])(
    "is not believed when it says %.40j",
    async (text) => {
      await writeRunFile(dir, facts);
      await writeFile(join(dir, "serve.json"), text);
      expect(await readRunFile(dir)).toBeNull();
    },
  );

  it("is null when there is none or it is a link", async () => {
    expect(await readRunFile(dir)).toBeNull();
    await writeRunFile(dir, facts);
    await symlink(join(dir, "serve.json"), join(dir, "other.json"));
    await rm(join(dir, "serve.json"));
    await symlink(join(dir, "other.json"), join(dir, "serve.json"));
    expect(await readRunFile(dir)).toBeNull();
  });

  it("is refused, not waited for, where no folder can be made", async () => {
    await expect(writeRunFile("/proc/nonexistent/deeper/run", facts)).rejects.toThrow();
  });

  it("is removed by its own process only", async () => {
    await writeRunFile(dir, facts);
    removeRunFile(dir, 1);
    expect(await readRunFile(dir)).toEqual(facts);
    removeRunFile(dir, facts.pid);
    expect(await readdir(dir)).toEqual([]);
    expect(() => removeRunFile(dir, facts.pid)).not.toThrow();
  });
});
