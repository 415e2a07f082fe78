import type { Files } from "../../core/ports/files.ts";
import { parseEnvironmentFile } from "./environment-file.ts";
import { type Shown, shownEnvironment, shownEnvironmentFiles } from "./parse-show.ts";
import { serviceValues, type UnitFile } from "./parse-unit-file.ts";
import { splitWords } from "./split-words.ts";

type Sources = { readonly words: readonly (readonly [string, string])[]; readonly paths: readonly string[] };

const sourcesOf = (from: Shown | UnitFile, home: string): Sources => {
  if ("get" in from) return { words: shownEnvironment(from), paths: shownEnvironmentFiles(from) };
  const words = serviceValues(from, "Environment").flatMap((value) => splitWords(value));
  return {
    words: words.flatMap((word) =>
      word.includes("=") ? [[word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const] : [],
    ),
    paths: serviceValues(from, "EnvironmentFile").map((path) => path.replace(/^-/, "").replaceAll("%h", home)),
  };
};

/**
 * One variable of a unit, from what the manager shows or from the unit file alone. Files win over what stands in the unit,
 * and later ones over earlier ones, as they do when systemd starts it. Null when nothing sets it.
 */
export async function unitVariable(from: Shown | UnitFile, name: string, files: Files, home: string): Promise<string | null> {
  const { words, paths } = sourcesOf(from, home);
  for (const path of [...paths].reverse()) {
    const file = await files.read(path, { maxBytes: 65_536 });
    const value = file.kind === "text" ? parseEnvironmentFile(file.text).get(name) : undefined;
    if (value !== undefined) return value;
  }
  return words.findLast(([each]) => each === name)?.[1] ?? null;
}
