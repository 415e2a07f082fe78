import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { type FakeEntry, fakeFileChanges } from "./fake.ts";
import { nodeFileChanges } from "./node-file-changes.ts";
import { fileChangesSuite } from "./suite.ts";

const uid = process.getuid?.() ?? 0;

fileChangesSuite("fakeFileChanges", async () => {
  const disk = new Map<string, FakeEntry>();
  const copies = new Map<string, string>();
  let now = 1_795_000_000_000;
  return {
    changes: fakeFileChanges({ uid: 501, home: "/home/sam", clock: { nowMs: () => now }, disk, copies, folders: ["/home/sam"] }),
    home: "/home/sam",
    outside: "/srv",
    put: async (path, text, mode = 0o640) => void disk.set(path, { kind: "file", text, mode }),
    link: async (path, to) => void disk.set(path, { kind: "link", to }),
    read: async (path) => {
      const entry = disk.get(path);
      return entry?.kind === "file" ? { text: entry.text, mode: entry.mode } : null;
    },
    pass: (ms) => {
      now += ms;
    },
    nowMs: () => now,
    spoil: async (id) => void copies.set(id, "spoilt"),
  };
});

function rig() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lamplighter-changes-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [home, outside, backupDir] = [join(root, "home"), join(root, "outside"), join(root, "state", "backups")];
  for (const folder of [home, outside]) mkdirSync(folder);
  let now = 1_795_000_000_000;
  return {
    changes: nodeFileChanges({ backupDir, uid, home, clock: { nowMs: () => now } }),
    home,
    outside,
    backupDir,
    put: async (path: string, text: string | Uint8Array, mode = 0o640) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      await chmod(path, mode);
    },
    link: (path: string, to: string) => symlink(to, path),
    read: async (path: string) => {
      const text = await readFile(path, "utf8").catch(() => null);
      return text === null ? null : { text, mode: (await stat(path)).mode & 0o7777 };
    },
    pass: (ms: number) => {
      now += ms;
    },
    nowMs: () => now,
    spoil: (id: string) => writeFile(join(backupDir, id), "spoilt"),
  };
}

fileChangesSuite("nodeFileChanges", async () => rig());

describe("nodeFileChanges", () => {
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256));

  it("keeps, copies and puts back bytes that are no text, and keeps them where only this account can look", async () => {
    const { changes, home, backupDir, put } = rig();
    const [path, other] = [join(home, "a.db"), join(home, "b.db")];
    await put(path, bytes, 0o600);
    await put(other, "other", 0o600);
    const kept = await changes.keep(path);
    if (kept.kind !== "kept") throw new Error(kept.reason);
    expect([statSync(backupDir).mode & 0o777, statSync(join(backupDir, kept.backup.id)).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readFileSync(join(backupDir, kept.backup.id)).equals(bytes)).toBe(true);
    expect(await changes.apply({ kind: "copy", from: path, path: other })).toEqual({ kind: "changed" });
    expect(readFileSync(other).equals(bytes)).toBe(true);
    await changes.apply({ kind: "write", path, text: "new" });
    expect(await changes.restore(kept.backup)).toEqual({ kind: "changed" });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(home).sort()).toEqual(["a.db", "b.db"]);
  });

  it("gives a new file instead of changing the old one in place: whoever has it open reads the old to its end", async () => {
    const { changes, home, put } = rig();
    const path = join(home, "a");
    await put(path, "old");
    const before = statSync(path).ino;
    await changes.apply({ kind: "write", path, text: "new" });
    expect(statSync(path).ino).not.toBe(before);
  });

  it("refuses pipes, devices, sockets and hard links at once, and does not touch them", async () => {
    const { changes, home, put } = rig();
    const pipe = join(home, "pipe");
    await execaCommandRunner().run({ file: "mkfifo", args: [pipe], timeoutMs: 10_000 });
    await put(join(home, "one"), "twice");
    linkSync(join(home, "one"), join(home, "two"));
    for (const path of [pipe, "/dev/null", "/dev/zero", join(home, "one"), join(home, "two")]) {
      expect([path, (await changes.keep(path)).kind]).toEqual([path, "refused"]);
      expect([path, (await changes.apply({ kind: "write", path, text: "x" })).kind]).toEqual([path, "failed"]);
      expect([path, (await changes.apply({ kind: "remove", path })).kind]).toEqual([path, "failed"]);
      expect([path, (await changes.apply({ kind: "set-mode", path, mode: 0o600 })).kind]).toEqual([path, "failed"]);
    }
    expect((await changes.apply({ kind: "copy", from: pipe, path: join(home, "x") })).kind).toBe("failed");
    expect((await changes.apply({ kind: "copy", from: "/dev/zero", path: join(home, "x") })).kind).toBe("failed");
    expect(readdirSync(home).sort()).toEqual(["one", "pipe", "two"]);
    expect([readFileSync(join(home, "one"), "utf8"), statSync(pipe).isFIFO()]).toEqual(["twice", true]);
  });

  it("refuses what is larger than 16 MiB, there or to be written", async () => {
    const { changes, home, put } = rig();
    const path = join(home, "big");
    await put(path, "");
    truncateSync(path, 16 * 1_048_576 + 1);
    expect(await changes.keep(path)).toMatchObject({ kind: "refused", reason: expect.stringMatching(/16 MiB/) });
    expect(await changes.apply({ kind: "copy", from: path, path: join(home, "c") })).toMatchObject({ kind: "failed" });
    const text = "x".repeat(16 * 1_048_576 + 1);
    expect(await changes.apply({ kind: "write", path: join(home, "c"), text })).toMatchObject({ kind: "failed" });
    expect(readdirSync(home)).toEqual(["big"]);
  });

  it("refuses files below a folder that is a link to outside, and follows one that stays in the home", async () => {
    const { changes, home, outside, put, read } = rig();
    await put(join(outside, "a"), "theirs");
    await put(join(home, "dotfiles", "a"), "ours");
    symlinkSync(outside, join(home, "out"));
    symlinkSync(join(home, "dotfiles"), join(home, "in"));
    symlinkSync("loop", join(home, "loop"));
    for (const path of [join(home, "out", "a"), join(home, "out", "new"), join(home, "loop"), join(home, "loop", "a")]) {
      expect([path, (await changes.apply({ kind: "write", path, text: "x" })).kind]).toEqual([path, "failed"]);
    }
    expect(await changes.apply({ kind: "write", path: join(home, "in", "a"), text: "x" })).toEqual({ kind: "changed" });
    expect(await read(join(home, "dotfiles", "a"))).toMatchObject({ text: "x" });
    expect([await read(join(outside, "a")), readdirSync(outside)]).toEqual([{ text: "theirs", mode: 0o640 }, ["a"]]);
  });

  it("changes files outside the home too, when no link leads there", async () => {
    const { changes, outside, put, read } = rig();
    await put(join(outside, "a"), "old");
    expect(await changes.apply({ kind: "write", path: join(outside, "a"), text: "new" })).toEqual({ kind: "changed" });
    expect(await read(join(outside, "a"))).toMatchObject({ text: "new" });
  });

  it.runIf(uid === 0)(
    "refuses files of other accounts and keeps the group of its own (needs root, who alone can give files away)",
    async () => {
      const { changes, home, put } = rig();
      await put(join(home, "theirs"), "x");
      await chown(join(home, "theirs"), 12345, 12345);
      for (const kind of ["write", "remove", "set-mode"] as const) {
        const answer = await changes.apply({ kind, path: join(home, "theirs"), text: "y", mode: 0o600 });
        expect([kind, answer]).toEqual([kind, { kind: "failed", reason: "It belongs to another account." }]);
      }
      expect((await changes.apply({ kind: "copy", from: join(home, "theirs"), path: join(home, "c") })).kind).toBe("failed");
      await put(join(home, "ours"), "x", 0o664);
      await chown(join(home, "ours"), uid, 12345);
      await changes.apply({ kind: "write", path: join(home, "ours"), text: "y" });
      const { gid, mode } = statSync(join(home, "ours"));
      expect([gid, mode & 0o777]).toEqual([12345, 0o664]);
    },
  );

  it("takes away what a killed writer left beside the file", async () => {
    const { changes, home, put } = rig();
    await put(join(home, "a"), "old");
    writeFileSync(join(home, `.lamplighter-${2 ** 30}-0123456789ab.tmp`), "half");
    await changes.apply({ kind: "write", path: join(home, "a"), text: "new" });
    expect(readdirSync(home)).toEqual(["a"]);
  });

  it("puts nothing back over what became a folder or a link to outside meanwhile", async () => {
    const { changes, home, outside, put, read } = rig();
    const path = join(home, "a");
    await put(path, "old");
    await put(join(outside, "b"), "theirs");
    const kept = await changes.keep(path);
    if (kept.kind !== "kept") throw new Error(kept.reason);
    rmSync(path);
    symlinkSync(join(outside, "b"), path);
    expect((await changes.restore(kept.backup)).kind).toBe("failed");
    expect(await read(join(outside, "b"))).toMatchObject({ text: "theirs" });
    rmSync(path);
    mkdirSync(path);
    expect((await changes.restore(kept.backup)).kind).toBe("failed");
  });

  it("says in words why a copy cannot be kept", async () => {
    const { changes, home, backupDir, put } = rig();
    await put(join(home, "a"), "x");
    mkdirSync(dirname(backupDir));
    writeFileSync(backupDir, "");
    expect(await changes.keep(join(home, "a"))).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^The copy could not be kept\. .+\.$/),
    });
  });
});
