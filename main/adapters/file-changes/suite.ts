import { describe, expect, it } from "vitest";
import type { FileChanges } from "../../core/ports/file-changes.ts";

/** A disk with a home folder, seen from outside. `read` gives null for what is not there; `put` gives mode 0o640 when none is named. */
export type FileChangesRig = {
  readonly changes: FileChanges;
  readonly home: string;
  /** A folder outside the home. */
  readonly outside: string;
  put(path: string, text: string, mode?: number): Promise<void>;
  link(path: string, to: string): Promise<void>;
  read(path: string): Promise<{ readonly text: string; readonly mode: number } | null>;
  /** Moves the clock of the kept copies on. */
  pass(ms: number): void;
  nowMs(): number;
  /** Alters the kept copy with this id. */
  spoil(id: string): Promise<void>;
};

async function keep({ changes }: FileChangesRig, path: string) {
  const kept = await changes.keep(path);
  if (kept.kind !== "kept") throw new Error(kept.reason);
  return kept.backup;
}

const done = { kind: "changed" };

/** What every implementation of FileChanges must do. */
export function fileChangesSuite(name: string, make: () => Promise<FileChangesRig>): void {
  describe(`${name} as FileChanges`, () => {
    it("writes a file and puts back what was there: text, permission bits", async () => {
      const rig = await make();
      const path = `${rig.home}/config.json`;
      const before = "{\r\n\t“old”: 1 }\u0000\n";
      await rig.put(path, before, 0o640);
      const backup = await keep(rig, path);
      expect(backup).toMatchObject({ path, existed: true, mode: 0o640, sizeBytes: Buffer.byteLength(before) });
      expect(await rig.changes.apply({ kind: "write", path, text: "new" })).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "new", mode: 0o640 });
      expect(await rig.changes.apply({ kind: "write", path, text: "newer", mode: 0o600 })).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "newer", mode: 0o600 });
      expect(await rig.changes.restore(JSON.parse(JSON.stringify(backup)))).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: before, mode: 0o640 });
    });

    it("makes a new file private, and undoing takes it away", async () => {
      const rig = await make();
      const path = `${rig.home}/new.json`;
      const backup = await keep(rig, path);
      expect(backup).toMatchObject({ path, existed: false });
      expect(await rig.changes.apply({ kind: "write", path, text: "" })).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "", mode: 0o600 });
      expect(await rig.changes.restore(backup)).toEqual(done);
      expect(await rig.read(path)).toBeNull();
      expect(await rig.changes.restore(backup)).toEqual(done);
    });

    it("takes a file away and puts it back; what is gone already is content with that", async () => {
      const rig = await make();
      const path = `${rig.home}/a b\n$(c)'".json`;
      await rig.put(path, "x", 0o600);
      const backup = await keep(rig, path);
      expect(await rig.changes.apply({ kind: "remove", path })).toEqual(done);
      expect(await rig.read(path)).toBeNull();
      expect(await rig.changes.apply({ kind: "remove", path })).toEqual(done);
      expect(await rig.changes.restore(backup)).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "x", mode: 0o600 });
    });

    it("copies one file over another, which keeps its own permission bits; a new one gets those of the source", async () => {
      const rig = await make();
      const [from, over, fresh] = [`${rig.home}/good`, `${rig.home}/bad`, `${rig.home}/fresh`];
      await rig.put(from, "good", 0o644);
      await rig.put(over, "bad", 0o600);
      expect(await rig.changes.apply({ kind: "copy", from, path: over })).toEqual(done);
      expect(await rig.changes.apply({ kind: "copy", from, path: fresh })).toEqual(done);
      expect(await rig.read(over)).toEqual({ text: "good", mode: 0o600 });
      expect(await rig.read(fresh)).toEqual({ text: "good", mode: 0o644 });
      expect(await rig.changes.apply({ kind: "copy", from: `${rig.home}/none`, path: over })).toMatchObject({ kind: "failed" });
      expect(await rig.read(over)).toEqual({ text: "good", mode: 0o600 });
    });

    it("sets permission bits and puts them back", async () => {
      const rig = await make();
      const path = `${rig.home}/open.json`;
      await rig.put(path, "x", 0o644);
      const backup = await keep(rig, path);
      expect(await rig.changes.apply({ kind: "set-mode", path, mode: 0o600 })).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "x", mode: 0o600 });
      expect(await rig.changes.restore(backup)).toEqual(done);
      expect(await rig.read(path)).toEqual({ text: "x", mode: 0o644 });
      expect(await rig.changes.apply({ kind: "set-mode", path: `${rig.home}/none`, mode: 0o600 })).toMatchObject({ kind: "failed" });
      for (const mode of [0o4755, -1, 0o1000])
        expect(await rig.changes.apply({ kind: "set-mode", path, mode })).toMatchObject({ kind: "failed" });
      expect(await rig.read(path)).toEqual({ text: "x", mode: 0o644 });
    });

    it("refuses paths that are not plain, folders, and files whose folder is not there", async () => {
      const rig = await make();
      await rig.put(`${rig.home}/folder/file`, "x");
      const { home, changes } = rig;
      const paths = [
        "",
        "a",
        "./a",
        `${home}/../x`,
        `${home}/folder/../x`,
        `${home}/a\0b`,
        `${home}//a`,
        `${home}/./a`,
        `${home}/a/`,
        "/",
        `${home}/folder`,
        `${home}/none/a`,
      ];
      for (const path of paths) {
        expect([path, (await changes.keep(path)).kind]).toEqual([path, "refused"]);
        expect([path, (await changes.apply({ kind: "write", path, text: "y" })).kind]).toEqual([path, "failed"]);
        expect([path, (await changes.apply({ kind: "remove", path })).kind]).toEqual([path, "failed"]);
        expect([path, (await changes.apply({ kind: "set-mode", path, mode: 0o600 })).kind]).toEqual([path, "failed"]);
      }
      expect(await rig.read(`${home}/folder/file`)).toMatchObject({ text: "x" });
    });

    it("follows a link that stays inside the home, and changes and restores what it leads to", async () => {
      const rig = await make();
      const [link, target] = [`${rig.home}/config.json`, `${rig.home}/dotfiles/config.json`];
      await rig.put(target, "old", 0o644);
      await rig.link(link, target);
      const backup = await keep(rig, link);
      expect(backup.path).toBe(target);
      expect(await rig.changes.apply({ kind: "write", path: link, text: "new" })).toEqual(done);
      expect(await rig.read(target)).toEqual({ text: "new", mode: 0o644 });
      expect(await rig.changes.restore(backup)).toEqual(done);
      expect(await rig.read(target)).toEqual({ text: "old", mode: 0o644 });
    });

    it("refuses a link that leads outside the home, or nowhere", async () => {
      const rig = await make();
      const target = `${rig.outside}/other.json`;
      await rig.put(target, "theirs");
      await rig.link(`${rig.home}/out.json`, target);
      await rig.link(`${rig.home}/gone.json`, `${rig.home}/nothing.json`);
      for (const path of [`${rig.home}/out.json`, `${rig.home}/gone.json`]) {
        expect(await rig.changes.keep(path)).toMatchObject({ kind: "refused", reason: expect.stringMatching(/symbolic link/) });
        expect(await rig.changes.apply({ kind: "write", path, text: "ours" })).toMatchObject({ kind: "failed" });
        expect(await rig.changes.apply({ kind: "remove", path })).toMatchObject({ kind: "failed" });
      }
      expect(await rig.changes.apply({ kind: "copy", from: `${rig.home}/out.json`, path: `${rig.home}/x` })).toMatchObject({
        kind: "failed",
      });
      expect(await rig.read(target)).toMatchObject({ text: "theirs" });
    });

    it("puts nothing back from a kept copy that was altered or forgotten", async () => {
      const rig = await make();
      const path = `${rig.home}/config.json`;
      await rig.put(path, "old");
      const backup = await keep(rig, path);
      await rig.changes.apply({ kind: "write", path, text: "new" });
      await rig.spoil(backup.id);
      expect(await rig.changes.restore(backup)).toMatchObject({ kind: "failed", reason: expect.stringMatching(/copy is gone or damaged/) });
      expect(await rig.changes.restore({ ...backup, id: "../../x" })).toMatchObject({ kind: "failed" });
      expect(await rig.read(path)).toMatchObject({ text: "new" });
    });

    it("forgets copies older than asked, and no others", async () => {
      const rig = await make();
      const path = `${rig.home}/config.json`;
      await rig.put(path, "one");
      const old = await keep(rig, path);
      rig.pass(1000);
      await rig.put(path, "two");
      const young = await keep(rig, path);
      await rig.changes.forget(rig.nowMs());
      expect(await rig.changes.restore(old)).toMatchObject({ kind: "failed" });
      await rig.put(path, "three");
      expect(await rig.changes.restore(young)).toEqual(done);
      expect(await rig.read(path)).toMatchObject({ text: "two" });
    });
  });
}
