import { unlink } from "node:fs/promises";
import { join } from "node:path";
import type { StateStore } from "../../core/ports/state-store.ts";
import { codeOf } from "../disk-failure.ts";
import { fileNameOf } from "../file-name-of.ts";
import { readWhole } from "../read-whole.ts";
import { privateFolder, sweepFresh, syncFolder, writeWhole } from "../write-whole.ts";

const limit = 4 * 1_048_576;

/**
 * One JSON file a key, `{"key":…,"value":…}`, so that a person can see whose it is. Writing rejects when the disk does not take it or
 * the value is larger than 4 MiB. A file that cannot be understood reads as nothing; a copy of it is kept beside it as `.damaged`.
 */
export function fileStateStore({ dir }: { readonly dir: string }): StateStore {
  const fileOf = (key: string): string => join(dir, `${fileNameOf(key)}.json`);
  let isReady: Promise<void> | undefined;
  const ready = (): Promise<void> => {
    isReady ??= privateFolder(dir).then(() => sweepFresh(dir));
    // What failed once is tried again: the disk may have been mounted meanwhile.
    return isReady.catch((error) => {
      isReady = undefined;
      throw error;
    });
  };

  return {
    read: async (key) => {
      const path = fileOf(key);
      const found = await readWhole(path, limit).catch(() => undefined);
      if (found?.kind !== "read") return undefined;
      const record = parse(found.bytes.toString("utf8"));
      if (record?.["key"] === key) return record["value"];
      // A copy, because the file itself may be a good one again by now: another process may just have written it.
      await writeWhole(`${path}.damaged`, found.bytes, { mode: 0o600 }).catch(() => {});
      return undefined;
    },

    write: async (key, value) => {
      const text = JSON.stringify({ key, value });
      if (Buffer.byteLength(text) > limit) throw new Error("What is to be remembered is larger than 4 MiB.");
      await ready();
      await writeWhole(fileOf(key), `${text}\n`, { mode: 0o600 });
    },

    remove: async (key) => {
      try {
        await unlink(fileOf(key));
        await syncFolder(dir);
      } catch (error) {
        if (codeOf(error) !== "ENOENT") throw error;
      }
    },
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
