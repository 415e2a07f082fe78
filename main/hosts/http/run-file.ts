import { constants, readFileSync, rmSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

/** What a running server leaves for the owner's scripts: where it is, and the token of this run. */
export const RunFacts = z.object({ pid: z.int().positive(), port: z.int().min(1).max(65_535), token: z.string().min(20).max(200) });
export type RunFacts = z.infer<typeof RunFacts>;

const fileIn = (dir: string): string => join(dir, "serve.json");

/** Each missing folder once. Node's own recursive mode never returns on file systems that refuse with "no such file", such as /proc. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(dir) === dir) throw error;
    await makeFolder(dirname(dir));
    await mkdir(dir, { mode: 0o700 });
  }
}

/** Written beside and renamed, so that nobody ever reads half of it; only the owner may read. */
export async function writeRunFile(dir: string, facts: RunFacts): Promise<void> {
  await makeFolder(dir);
  const fresh = join(dir, `serve.${facts.pid}.new`);
  await rm(fresh, { force: true });
  const handle = await open(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify(facts)}\n`);
  } finally {
    await handle.close();
  }
  await rename(fresh, fileIn(dir));
}

/** Null when there is none, when it is not ours alone (another owner, readable or writable by others), or when it makes no sense. */
export async function readRunFile(dir: string): Promise<RunFacts | null> {
  try {
    const handle = await open(fileIn(dir), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const facts = await handle.stat();
      if (!facts.isFile() || facts.uid !== process.getuid?.() || (facts.mode & 0o077) !== 0 || facts.size > 4_096) return null;
      const parsed = RunFacts.safeParse(JSON.parse(await handle.readFile("utf8")));
      return parsed.success ? parsed.data : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Removes the file of this process and leaves a newer server's alone. Synchronous, so that it also works on the way out. */
export function removeRunFile(dir: string, pid: number): void {
  try {
    const parsed = RunFacts.safeParse(JSON.parse(readFileSync(fileIn(dir), "utf8")));
    if (parsed.success && parsed.data.pid === pid) rmSync(fileIn(dir));
  } catch {
    // Already gone, or not ours.
  }
}
