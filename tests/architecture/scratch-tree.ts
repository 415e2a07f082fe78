import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isProof, root } from "../support/files.ts";

/** A copy of the sources in a temporary folder, in which a test may write what must never be written here. */
export type ScratchTree = {
  write(files: Readonly<Record<string, string>>): void;
  /** Runs an installed tool in the copy; gives what it printed, both streams, and its exit code. */
  run(tool: string, args: readonly string[]): { readonly code: number | null; readonly text: string };
  remove(): void;
};

/** Copies the named files and folders (tests left out) and shares node_modules with the original. */
export function scratchTree(tops: readonly string[]): ScratchTree {
  const folder = mkdtempSync(join(tmpdir(), "lamplighter-fence-"));
  for (const top of tops) {
    const from = join(root, top);
    cpSync(from, join(folder, top), { recursive: true, filter: (path) => !isProof(path.slice(root.length + 1)) });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    run: (tool, args) => {
      const run = spawnSync(join(root, "node_modules", ".bin", tool), args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
      return { code: run.status, text: `${run.stdout}${run.stderr}` };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
