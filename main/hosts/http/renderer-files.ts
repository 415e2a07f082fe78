import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export type BuiltFile = { readonly type: string; readonly bytes: Uint8Array };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};
const MOST_FILES = 200;
const MOST_BYTES = 8 * 1024 * 1024;

/** Where the build leaves the page, seen from a bundle in `out/` and from this source file; null when it is not built. */
export function findRendererDir(from: string = import.meta.url): string | null {
  const places = ["../renderer", "../../../out/renderer"].map((place) => fileURLToPath(new URL(place, from)));
  return places.find((place) => existsSync(join(place, "index.html"))) ?? null;
}

/**
 * The page as a fixed list, read once: address → content. A request can only name an entry of this list, so no address can
 * reach any other file. Links, unknown types and oversized files are left out.
 */
export async function readRendererFiles(dir: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, BuiltFile>();
  for (const entry of entries.filter((e) => e.isFile()).slice(0, MOST_FILES)) {
    const path = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (type === undefined || (await stat(path)).size > MOST_BYTES) continue;
    files.set(`/${relative(dir, path).split(sep).join("/")}`, { type, bytes: await readFile(path) });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}
