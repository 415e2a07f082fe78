import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fakeStateStore } from "./fake.ts";
import { fileStateStore } from "./file-state-store.ts";
import { stateStoreSuite } from "./suite.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lamplighter-state-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

stateStoreSuite("fakeStateStore", async () => {
  const kept = new Map<string, string>();
  return [fakeStateStore(kept), fakeStateStore(kept)];
});
stateStoreSuite("fileStateStore", async () => {
  const dir = join(folder(), "deep", "state");
  return [fileStateStore({ dir }), fileStateStore({ dir })];
});

describe("fileStateStore", () => {
  it("keeps one private file a key, which says whose it is", async () => {
    const dir = join(folder(), "state");
    await fileStateStore({ dir }).write("target/ai.one", { a: 1 });
    expect(readdirSync(dir)).toEqual(["target%2fai.one.json"]);
    const path = join(dir, "target%2fai.one.json");
    expect(readFileSync(path, "utf8")).toBe('{"key":"target/ai.one","value":{"a":1}}\n');
    expect([statSync(dir).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it("closes a folder that lets others in", async () => {
    const dir = folder();
    chmodSync(dir, 0o755);
    await fileStateStore({ dir }).write("a", 1);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["was cut", '{"key":"a","val'],
    ["is empty", ""],
    ["is of another key", '{"key":"b","value":1}'],
    ["is no object", "[1]"],
  ])("reads a file that %s as nothing, keeps a copy aside, and writes over it", async (_, text) => {
    const dir = folder();
    writeFileSync(join(dir, "a.json"), text);
    const store = fileStateStore({ dir });
    expect(await store.read("a")).toBeUndefined();
    expect(readFileSync(join(dir, "a.json.damaged"), "utf8")).toBe(text);
    await store.write("a", 2);
    expect(await store.read("a")).toBe(2);
  });

  it("reads what is no small file as nothing, without waiting for it", async () => {
    const dir = folder();
    mkdirSync(join(dir, "folder.json"));
    symlinkSync("/dev/zero", join(dir, "link.json"));
    writeFileSync(join(dir, "huge.json"), Buffer.alloc(5 * 1_048_576, 32));
    for (const key of ["folder", "link", "huge"]) expect([key, await fileStateStore({ dir }).read(key)]).toEqual([key, undefined]);
  });

  it("rejects what it cannot keep, and what was there stays", async () => {
    const dir = folder();
    const store = fileStateStore({ dir });
    await store.write("a", 1);
    await expect(store.write("a", "x".repeat(5 * 1_048_576))).rejects.toThrow(/4 MiB/);
    expect(await store.read("a")).toBe(1);
    writeFileSync(join(dir, "file"), "");
    await expect(fileStateStore({ dir: join(dir, "file") }).write("a", 1)).rejects.toThrow();
  });

  it("takes away what a killed writer left", async () => {
    const dir = folder();
    const [dead, alive] = [`.lamplighter-${2 ** 30}-0123456789ab.tmp`, `.lamplighter-${process.pid}-0123456789ab.tmp`];
    for (const name of [dead, alive]) writeFileSync(join(dir, name), "");
    await fileStateStore({ dir }).write("a", 1);
    expect(readdirSync(dir).sort()).toEqual([alive, "a.json"]);
  });
});
