import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { World, WorldFile } from "../../core/model/world.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FileFacts, Files } from "../../core/ports/files.ts";
import { tailWindow } from "./tail-window.ts";
import { textOf } from "./text-of.ts";

const LOOK_MS = 200;
const mayNotLook = (folder: string): string => `This account may not look into ${folder} (permission denied).`;
const encoder = new TextEncoder();

/** The files of an invented world. Folders exist where files are in them; the world's account may read what the mode lets it. */
export function fakeFiles(world: () => World, clock: Clock): Files {
  const fileAt = (path: string): WorldFile | undefined => {
    const { files } = world();
    return Object.hasOwn(files, path) ? files[path] : undefined;
  };
  const below = (path: string): string[] => {
    const folder = path.endsWith("/") ? path : `${path}/`;
    return Object.keys(world().files).filter((other) => other.startsWith(folder));
  };
  const facts = (path: string): FileFacts | null => {
    if (barrierOn(path) !== undefined) return null;
    const file = fileAt(path);
    if (!file && below(path).length === 0 && !world().barred?.includes(path)) return null;
    return {
      kind: file ? "file" : "directory",
      sizeBytes: file ? encoder.encode(file.text).length : 4096,
      modifiedMs: file?.modifiedMs ?? world().host.bootedMs,
      mode: file?.mode ?? (file ? 0o644 : 0o755),
      uid: file?.uid ?? world().uid,
      inode: createHash("sha256").update(path).digest("hex").slice(0, 12),
    };
  };
  /** The outermost folder on the way to a path that this account may not look into. */
  const barrierOn = (path: string): string | undefined => (world().barred ?? []).find((folder) => path.startsWith(`${folder}/`));
  const missing = (path: string): { kind: "missing"; dangling?: { link: string; target: string } } => {
    const target = world().danglingLinks?.[path];
    return target === undefined ? { kind: "missing" } : { kind: "missing", dangling: { link: path, target } };
  };
  const mayRead = (is: FileFacts): boolean => world().uid === 0 || (is.mode & (is.uid === world().uid ? 0o400 : 0o004)) !== 0;

  return {
    read: async (given, { maxBytes = 1_048_576 } = {}) => {
      const path = posix.normalize(given);
      const denied = barrierOn(path);
      if (denied !== undefined) return { kind: "unreadable", reason: mayNotLook(denied), denied };
      const is = facts(path);
      if (!is) return missing(path);
      if (is.kind !== "file") return { kind: "unreadable", reason: "It is a folder, not a file." };
      if (!mayRead(is)) return { kind: "unreadable", reason: "This account may not read it (permission denied).", denied: path };
      if (is.sizeBytes > maxBytes) return { kind: "too-large", sizeBytes: is.sizeBytes, limitBytes: maxBytes };
      const text = textOf(encoder.encode(fileAt(path)?.text));
      return text === null ? { kind: "not-text" } : { kind: "text", text, facts: is };
    },

    facts: async (path) => facts(posix.normalize(path)),

    presence: async (given) => {
      const path = posix.normalize(given);
      const denied = barrierOn(path);
      if (denied !== undefined) return { kind: "barred", reason: mayNotLook(denied), denied };
      const is = facts(path);
      return is === null ? missing(path) : { kind: "there", facts: is };
    },

    list: async (given) => {
      const folder = posix.join(given, "/");
      if (barrierOn(folder) !== undefined) return [];
      return [...new Set(below(folder).map((path) => path.slice(folder.length).split("/")[0] ?? ""))].sort().slice(0, 2_000);
    },

    tail: async (given, cursor, { maxBytes = 262_144 } = {}) => {
      const path = posix.normalize(given);
      const is = facts(path);
      if (is?.kind !== "file" || !mayRead(is)) return null;
      const bytes = encoder.encode(fileAt(path)?.text);
      const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
      return tailWindow({ inode: is.inode, size: is.sizeBytes, read }, cursor, maxBytes);
    },

    watch: (given, changed) => {
      const path = posix.normalize(given);
      const stop = new AbortController();
      const look = () => JSON.stringify([fileAt(path), ...below(path).map((other) => [other, fileAt(other)])]);
      let known = look();
      void (async () => {
        for (;;) {
          await clock.sleep(LOOK_MS, stop.signal);
          if (stop.signal.aborted) return;
          const now = look();
          if (now !== known) changed();
          known = now;
        }
      })();
      return () => stop.abort();
    },

    realPath: async (path) => (facts(posix.normalize(path)) ? posix.normalize(path) : null),
  };
}
