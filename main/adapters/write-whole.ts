import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chmod, mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf } from "./disk-failure.ts";

const freshName = /^\.lamplighter-(\d+)-[0-9a-f]{12}\.tmp$/;

export type WriteOptions = {
  /** Permission bits from the first moment at which the file has its name. */
  readonly mode: number;
  readonly group?: number;
  /** Runs when all bytes are on the disk, right before they take the name; throwing leaves everything as it was. */
  readonly beforeRename?: () => Promise<void>;
};

/**
 * Gives a file new content in one step: whoever reads it sees all of the old or all of the new, also after a crash. Resolves when it
 * is on the disk; throws what the system says, and then the old content is still there.
 */
export async function writeWhole(path: string, bytes: Uint8Array | string, options: WriteOptions): Promise<void> {
  const folder = dirname(path);
  const fresh = join(folder, `.lamplighter-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
  const handle = await open(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    try {
      await handle.writeFile(bytes);
      if (options.group !== undefined) await giveToGroup(handle, options.group);
      await handle.chmod(options.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await options.beforeRename?.();
    await rename(fresh, path);
  } catch (error) {
    await unlink(fresh).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}

async function giveToGroup(handle: Awaited<ReturnType<typeof open>>, group: number): Promise<void> {
  const { gid, uid } = await handle.stat();
  if (gid !== group) await handle.chown(uid, group);
}

/** Puts the names in a folder on the disk. File systems that have no such call keep their names in order without it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EBADF"].includes(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

/** Makes a folder that only this account may look into; one that is there and lets others in is closed. */
export async function privateFolder(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder));
  if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
}

/** Takes away what writers left behind that were killed before their bytes took the name. */
export async function sweepFresh(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const writer = freshName.exec(name)?.[1];
    if (writer !== undefined && !isThere(Number(writer))) await unlink(join(folder, name)).catch(() => {});
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
