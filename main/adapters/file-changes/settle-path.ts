import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import { codeOf, diskFailure } from "../disk-failure.ts";

export type Settled = { readonly kind: "settled"; readonly path: string } | { readonly kind: "refused"; readonly reason: string };

const refused = (reason: string): Settled => ({ kind: "refused", reason });

/** What a path may look like at all, before the disk is asked; undefined when nothing is wrong with it. */
export function flawOf(path: string): string | undefined {
  if (path.includes("\u0000")) return "The path holds a NUL character.";
  if (!path.startsWith("/")) return "The path is not absolute.";
  if (path.split("/").includes("..")) return "The path holds “..”.";
  if (path.length > 4096) return "The path is too long.";
  if (path === "/" || path.endsWith("/") || posix.normalize(path) !== path) return "The path is not written in the plain way.";
  return undefined;
}

/**
 * Where the bytes of a path really are or would be. A settings file or its folder may be a link into a collection of settings: that is
 * followed as long as it stays inside the account's home. A link directly below `/` belongs to the system (`/tmp` on macOS) and is
 * followed as well. Every other link is refused, and so is one that leads nowhere.
 */
export async function settlePath(path: string, home: string): Promise<Settled> {
  const flaw = flawOf(path);
  if (flaw !== undefined) return refused(flaw);
  try {
    const folder = await realpath(dirname(path));
    const within = join(folder, basename(path));
    const isLink = await lstat(within).then(
      (stats) => stats.isSymbolicLink(),
      (error) => {
        if (codeOf(error) === "ENOENT") return false;
        throw error;
      },
    );
    const real = isLink ? await realpath(within) : within;
    if (real === (await withoutSystemLink(path))) return { kind: "settled", path: real };
    const realHome = await realpath(home).catch(() => home);
    if (realHome !== "/" && real.startsWith(`${realHome}/`)) return { kind: "settled", path: real };
    return refused("It is reached through a symbolic link that leads outside the home folder.");
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return refused((await isThere(dirname(path))) ? "It is a symbolic link that leads nowhere." : "Its folder is not there.");
    }
    return refused(diskFailure(error));
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function withoutSystemLink(path: string): Promise<string> {
  const top = path.indexOf("/", 1);
  return top < 0 ? path : (await realpath(path.slice(0, top))) + path.slice(top);
}
