import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";

export type ProgramState = "executable" | "not-executable" | "missing";

/** Whether we could start this file ourselves: a regular file, reached through links, with an execute bit for us. */
export async function programState(path: string): Promise<ProgramState> {
  try {
    if (!(await stat(path)).isFile()) return "not-executable";
  } catch {
    return "missing";
  }
  return access(path, constants.X_OK).then(
    () => "executable" as const,
    () => "not-executable" as const,
  );
}

/**
 * Absolute paths of the programs with this name in the folders, in order, without repeats of the same real file.
 * Relative and empty folders of a PATH are passed over: they mean "wherever we happen to stand".
 */
export async function programsNamed(name: string, folders: readonly string[]): Promise<readonly string[]> {
  if (name === "" || basename(name) !== name) return [];
  const candidates = [...new Set(folders)].filter(isAbsolute).map((folder) => join(folder, name));
  const states = await Promise.all(candidates.map(programState));
  const found = candidates.filter((_, at) => states[at] === "executable");
  const real = await Promise.all(found.map((path) => realpath(path).catch(() => path)));
  return found.filter((_, at) => real.indexOf(real[at] ?? "") === at);
}

/** The folders of a PATH value, in order. */
export const pathFolders = (path: string | undefined): readonly string[] => (path ?? "").split(":").filter((folder) => folder !== "");
