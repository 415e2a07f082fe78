import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, absolute, without a trailing slash. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A text file; `path` is relative to the repository, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

const ignored = new Set(["node_modules", "out", "dist", ".git"]);

/** Names of the folders directly in a folder of the repository, sorted. */
export const folders = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Every file below the given folders (or files) of the repository, generated ones left out, sorted by path. */
export function paths(...tops: string[]): string[] {
  return tops.flatMap((top) => below(top)).sort();
}

function below(path: string): string[] {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .filter((entry) => !ignored.has(entry.name))
    .flatMap((entry) => {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) return below(inner);
      return entry.isFile() ? [inner] : [];
    });
}

/** Reads the files below the given folders whose name ends in one of `endings`. */
export const sources = (tops: readonly string[], endings: readonly string[] = [".ts", ".tsx"]): SourceFile[] =>
  paths(...tops)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readText(path) }));

export const readText = (path: string): string => readFileSync(join(root, path), "utf8");

/** Tests, the suites that ports share, and everything in `tests/` prove things; the rest is what runs. */
export const isProof = (path: string): boolean => /\.test\.tsx?$|(^|[/-])suite\.ts$|^tests\//.test(path);
