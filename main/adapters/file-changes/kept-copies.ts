import { createHash, randomBytes } from "node:crypto";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { readWhole } from "../read-whole.ts";
import { privateFolder, sweepFresh, writeWhole } from "../write-whole.ts";
import { mostBytes } from "./present-file.ts";

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const idShape = /^(\d{1,15})-[0-9a-f]{16}$/;

/** An id that nothing else has, with the time in it. */
export const newId = (nowMs: number): string => `${Math.max(0, Math.floor(nowMs))}-${randomBytes(8).toString("hex")}`;

/** The copies in a folder that only this account may look into, one file each, named by id. */
export function keptCopies(dir: string) {
  let isSwept = false;
  return {
    /** Resolves when the copy is on the disk. */
    put: async (id: string, bytes: Uint8Array): Promise<void> => {
      await privateFolder(dir);
      if (!isSwept) await sweepFresh(dir);
      isSwept = true;
      await writeWhole(join(dir, id), bytes, { mode: 0o600 });
    },
    /** The bytes, or undefined when they are not there or not what they were. */
    get: async (id: string, hash: string): Promise<Buffer | undefined> => {
      if (!idShape.test(id)) return undefined;
      const found = await readWhole(join(dir, id), mostBytes).catch(() => undefined);
      return found?.kind === "read" && sha256(found.bytes) === hash ? found.bytes : undefined;
    },
    /** Takes away copies from before a time; what this folder holds besides copies stays. */
    forget: async (beforeMs: number): Promise<void> => {
      for (const name of await readdir(dir).catch(() => [])) {
        const keptMs = idShape.exec(name)?.[1];
        if (keptMs !== undefined && Number(keptMs) < beforeMs) await unlink(join(dir, name)).catch(() => {});
      }
    },
  };
}
