import { lstat, readlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** What keeps a path from being read: a link to nothing, or a folder or file without permission. Absolute paths. */
export type Obstacle =
  | { readonly kind: "dangling"; readonly link: string; readonly target: string }
  | { readonly kind: "denied"; readonly path: string };

/** Links followed one after the other; the system itself gives up at 40. */
const mostLinks = 40;

/** The path itself, or the nearest folder above it, that can be seen from outside; undefined for what is no path. */
async function nearestVisible(path: string): Promise<{ readonly path: string; readonly isLink: boolean } | undefined> {
  for (let here = resolve(path); ; here = dirname(here)) {
    const stats = await lstat(here).catch(() => undefined);
    if (stats !== undefined) return { path: here, isLink: stats.isSymbolicLink() };
    if (here === dirname(here)) return undefined;
  }
}

/** Looks for the obstacle on the way to a path that could not be opened. Follows links, and opens nothing. */
export async function whatIsInTheWay(path: string, failure: "missing" | "denied"): Promise<Obstacle | undefined> {
  if (path.includes("\u0000")) return undefined;
  let here = resolve(path);
  let first: string | undefined;
  let target: string | undefined;
  for (let links = 0; links < mostLinks; links += 1) {
    const visible = await nearestVisible(here);
    if (visible === undefined) return undefined;
    if (!visible.isLink) {
      if (failure === "denied") return { kind: "denied", path: visible.path };
      // Where the link's own end is there, it is not to blame for what is missing behind it.
      const isGone = target !== undefined && visible.path.length < target.length;
      return first !== undefined && target !== undefined && isGone ? { kind: "dangling", link: first, target } : undefined;
    }
    const named = await readlink(visible.path).catch(() => undefined);
    if (named === undefined) return undefined;
    first ??= visible.path;
    target = resolve(dirname(visible.path), named);
    here = target + here.slice(visible.path.length);
  }
  return undefined;
}
