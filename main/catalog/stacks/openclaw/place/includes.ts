import type { Files } from "../../../../core/ports/files.ts";
import { isRecord, items, text } from "../knowledge/loose.ts";
import { largestConfigBytes, readJson5 } from "../knowledge/read-json5.ts";

/** Included files below one another; more than this is a circle. */
const maxDepth = 4;
/**
 * Bounds on all inclusions of one configuration together, because files that include each other several times multiply. What is
 * beyond them is left out.
 */
const most = { files: 64, characters: 2 * largestConfigBytes } as const;

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Puts the content of `$include` in place. Keys beside it win, as OpenClaw has it; a file that cannot be read adds nothing. */
export async function withIncludes(config: unknown, folder: string, files: Pick<Files, "read">): Promise<unknown> {
  let filesLeft: number = most.files;
  let charactersLeft: number = most.characters;

  const load = async (name: string, from: string, depth: number): Promise<unknown> => {
    if (filesLeft <= 0 || charactersLeft <= 0) return {};
    filesLeft -= 1;
    const path = name.startsWith("/") ? name : `${from}/${name}`;
    const file = await files.read(path, { maxBytes: largestConfigBytes });
    if (file.kind !== "text") return {};
    charactersLeft -= file.text.length;
    const read = readJson5(file.text);
    if (!read.ok) return {};
    return file.text.includes("$include") ? expand(read.value, folderOf(path), depth + 1) : read.value;
  };

  const expand = async (value: unknown, from: string, depth: number): Promise<unknown> => {
    if (!isRecord(value) || depth > maxDepth) return value;
    const { $include: include, ...own } = value;
    const names = typeof include === "string" ? [include] : items(include).flatMap((one) => text(one) ?? []);
    let whole: unknown = {};
    // One after the other, so that the bounds count what was really read.
    for (const name of names.slice(0, most.files)) whole = merge(whole, await load(name, from, depth));
    const inner: [string, unknown][] = [];
    for (const [key, one] of Object.entries(own)) inner.push([key, isRecord(one) ? await expand(one, from, depth) : one]);
    return merge(whole, Object.fromEntries(inner));
  };

  return expand(config, folder, 0);
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) merged.set(key, merged.has(key) ? merge(merged.get(key), value) : value);
  return Object.fromEntries(merged);
}
