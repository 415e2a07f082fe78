import {
  appendFileSync,
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "./node-files.ts";
import { type FilesPlace, filesSuite } from "./suite.ts";

const commands = execaCommandRunner();
const made: string[] = [];
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "lamplighter-files-"));
  made.push(path);
  return path;
};
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function real(): FilesPlace {
  return {
    files: nodeFiles,
    root: folder(),
    write: (path, text, mode = 0o644) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { mode });
    },
    append: (path, text) => appendFileSync(path, text),
    remove: (path) => rmSync(path),
    pass: async (ms) => void (await wait(ms)),
  };
}

filesSuite("nodeFiles", real);

describe("nodeFiles with hostile paths", () => {
  it("does not open a named pipe, which would block for ever", async () => {
    const pipe = join(folder(), "pipe");
    await commands.run({ file: "mkfifo", args: [pipe], timeoutMs: 5_000 });
    expect(await nodeFiles.read(pipe)).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("pipe") });
    expect(await nodeFiles.tail(pipe, null)).toBeNull();
    expect(await nodeFiles.facts(pipe)).toMatchObject({ kind: "other" });
  });

  it("does not open a device or a socket", async () => {
    const path = join(folder(), "socket");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await nodeFiles.read("/dev/zero")).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("device") });
    expect(await nodeFiles.read(path)).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("socket") });
    expect(await nodeFiles.facts(path)).toMatchObject({ kind: "socket" });
    server.close();
  });

  it("follows links, names their target, and survives a circle and a dangling link", async () => {
    const root = folder();
    writeFileSync(join(root, "target"), "here");
    symlinkSync("target", join(root, "link"));
    symlinkSync("circle", join(root, "circle"));
    symlinkSync("nowhere", join(root, "dangling"));
    const target = await nodeFiles.realPath(join(root, "target"));
    expect(await nodeFiles.read(join(root, "link"))).toMatchObject({ kind: "text", text: "here" });
    expect(await nodeFiles.facts(join(root, "link"))).toMatchObject({ kind: "file", sizeBytes: 4, linkTarget: target });
    expect(await nodeFiles.facts(join(root, "target"))).not.toHaveProperty("linkTarget");
    expect(await nodeFiles.read(join(root, "circle"))).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("circle") });
    expect(await nodeFiles.facts(join(root, "dangling"))).toBeNull();
    expect(await nodeFiles.presence(join(root, "link"))).toMatchObject({ kind: "there", facts: { sizeBytes: 4 } });
    expect(await nodeFiles.presence(join(root, "circle"))).toEqual({ kind: "barred", reason: expect.stringContaining("circle") });
    expect(await nodeFiles.realPath(join(root, "circle"))).toBeNull();
  });

  it("names a link that leads nowhere, and its end, also when it is a folder on the way or the last of several", async () => {
    const root = folder();
    mkdirSync(join(root, "real"));
    symlinkSync("real", join(root, "folder-link"));
    symlinkSync("/nonexistent/disk", join(root, "gone"));
    symlinkSync("gone", join(root, "twice"));
    const gone = { kind: "missing", dangling: { link: join(root, "gone"), target: "/nonexistent/disk" } };
    expect(await nodeFiles.read(join(root, "gone"))).toEqual(gone);
    expect(await nodeFiles.presence(join(root, "gone"))).toEqual(gone);
    expect(await nodeFiles.presence(join(root, "gone/openclaw.json"))).toEqual(gone);
    expect(await nodeFiles.presence(join(root, "twice"))).toEqual({ ...gone, dangling: { ...gone.dangling, link: join(root, "twice") } });
    // A link that leads somewhere is not to blame for what is missing there.
    expect(await nodeFiles.presence(join(root, "folder-link/none/below"))).toEqual({ kind: "missing" });
    expect(await nodeFiles.read(join(root, "real/none"))).toEqual({ kind: "missing" });
  });

  it("says that permission is what is missing", async () => {
    const root = folder();
    chmodSync(root, 0o755);
    writeFileSync(join(root, "shut"), "secret", { mode: 0 });
    mkdirSync(join(root, "closed"), { mode: 0 });
    symlinkSync("closed/inner", join(root, "into"));
    const barred = { kind: "barred", denied: join(root, "closed"), reason: expect.stringContaining(join(root, "closed")) };
    await asOrdinaryAccount(async () => {
      expect(await nodeFiles.read(join(root, "shut"))).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("permission") });
      expect(await nodeFiles.read(join(root, "closed/inner"))).toMatchObject({ kind: "unreadable" });
      expect(await nodeFiles.facts(join(root, "closed/inner"))).toBeNull();
      for (const path of ["closed/inner", "closed/inner/far/below", "into"])
        expect(await nodeFiles.presence(join(root, path)), path).toEqual(barred);
      expect(await nodeFiles.presence(join(root, "closed"))).toMatchObject({ kind: "there" });
      expect(await nodeFiles.read(join(root, "shut"))).toMatchObject({ denied: join(root, "shut") });
      expect(await nodeFiles.read(join(root, "into"))).toMatchObject({ kind: "unreadable", denied: join(root, "closed") });
      expect(await nodeFiles.list(join(root, "closed"))).toEqual([]);
      expect(await nodeFiles.tail(join(root, "shut"), null)).toBeNull();
    });
  });

  it.runIf(process.platform === "linux")("caps files whose size is not to be trusted (needs Linux)", async () => {
    expect(await nodeFiles.read("/proc/self/status")).toMatchObject({ kind: "text", text: expect.stringContaining("Pid:") });
    expect(await nodeFiles.read("/proc/self/status", { maxBytes: 64 })).toMatchObject({ kind: "too-large", limitBytes: 64 });
  });

  it("rejects a path with a NUL character as unreadable instead of throwing", async () => {
    expect(await nodeFiles.read("/tmp/a\u0000b")).toMatchObject({ kind: "unreadable" });
    expect(await nodeFiles.facts("/tmp/a\u0000b")).toBeNull();
    expect(await nodeFiles.presence("/tmp/a\u0000b")).toMatchObject({ kind: "barred" });
  });

  it("lists at most two thousand names of a crowded folder", async () => {
    const root = folder();
    for (let i = 0; i < 2_100; i++) closeSync(openSync(join(root, `f${i}`), "w"));
    expect(await nodeFiles.list(root)).toHaveLength(2_000);
  });
});

describe("nodeFiles.tail on real logs", () => {
  it("costs only the window on a log of a gigabyte", async () => {
    const path = join(folder(), "huge.log");
    const fd = openSync(path, "w");
    ftruncateSync(fd, 1_073_741_824);
    writeSync(fd, "\nsecond to last\nlast\n", 1_073_741_804);
    closeSync(fd);
    const before = process.memoryUsage();
    const start = performance.now();
    const chunk = await nodeFiles.tail(path, null);
    expect(performance.now() - start).toBeLessThan(500);
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(2_000_000);
    expect(chunk?.lines.slice(-2)).toEqual(["second to last", "last"]);
    expect(chunk?.skippedBytes).toBeGreaterThan(1_073_000_000);
  });

  it("reads the new file from its start after the old one was moved away", async () => {
    const path = join(folder(), "gateway.log");
    writeFileSync(path, "old one\nold two\n");
    const first = await nodeFiles.tail(path, null);
    renameSync(path, `${path}.1`);
    writeFileSync(path, "a new file that is longer than the old one was\n");
    expect(await nodeFiles.tail(path, first?.cursor ?? null)).toMatchObject({
      lines: ["a new file that is longer than the old one was"],
      rotated: true,
      skippedBytes: 0,
    });
  });

  it("gives null while the log is moved away and goes on once it is back", async () => {
    const path = join(folder(), "gateway.log");
    writeFileSync(path, "one\n");
    const first = await nodeFiles.tail(path, null);
    rmSync(path);
    expect(await nodeFiles.tail(path, first?.cursor ?? null)).toBeNull();
  });
});

describe("nodeFiles.watch on real folders", () => {
  it("notices a file replaced by renaming, as editors do, once per burst", async () => {
    const root = folder();
    const path = join(root, "config.yaml");
    writeFileSync(path, "a: 1\n");
    let calls = 0;
    const stop = nodeFiles.watch(path, () => {
      calls += 1;
    });
    await wait(100);
    for (const value of [2, 3, 4]) {
      writeFileSync(join(root, ".config.yaml.tmp"), `a: ${value}\n`);
      renameSync(join(root, ".config.yaml.tmp"), path);
    }
    await wait(600);
    stop();
    expect(calls).toBe(1);
  });

  it("notices a file in a folder that did not exist when watching began", async () => {
    const root = folder();
    let calls = 0;
    const stop = nodeFiles.watch(join(root, "later/config.yaml"), () => {
      calls += 1;
    });
    await wait(100);
    mkdirSync(join(root, "later"));
    writeFileSync(join(root, "later/config.yaml"), "a: 1\n");
    await wait(2_800);
    stop();
    expect(calls).toBe(1);
  });

  it("does not keep a process alive", async () => {
    const watching = `import { nodeFiles } from ${JSON.stringify(join(import.meta.dirname, "node-files.ts"))}; nodeFiles.watch("/tmp", () => {});`;
    const args = ["--input-type=module", "--no-warnings", "-e", watching];
    expect(await commands.run({ file: process.execPath, args, timeoutMs: 10_000 })).toMatchObject({ kind: "exited", exitCode: 0 });
  });
});

/** Root may read everything, so the refusal is looked at through an account that may not. */
async function asOrdinaryAccount(look: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return look();
  process.seteuid?.(65_534);
  try {
    await look();
  } finally {
    process.seteuid?.(0);
  }
}
