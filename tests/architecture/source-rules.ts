import { posix } from "node:path";
import type { SourceFile } from "../support/files.ts";

/** A rule looks at files and says what is wrong with them, one line each: `path: complaint`. Pure, so that a test can see it bite. */
export type SourceRule = (files: readonly SourceFile[]) => string[];

const eachLine = (files: readonly SourceFile[], complain: (line: string, path: string) => string | null): string[] =>
  files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const complaint = complain(line, path);
      return complaint === null ? [] : [`${path}:${index + 1}: ${complaint}`];
    }),
  );

/** No line of the given files may match. */
export const mustNotMatch =
  (pattern: RegExp, complaint: string): SourceRule =>
  (files) =>
    eachLine(files, (line) => (pattern.test(line) ? complaint : null));

/** Names of stacks belong below main/catalog/stacks only: a name anywhere else is knowledge in the wrong folder. */
export const namesNoStack =
  (names: readonly string[]): SourceRule =>
  (files) =>
    eachLine(
      files.filter((file) => !file.path.startsWith("main/catalog/stacks/")),
      (line) => {
        const name = names.find((each) => new RegExp(`(?<![a-z])${each}(?![a-z])`, "i").test(line));
        return name === undefined ? null : `names the stack ${name}`;
      },
    );

export const staysShort =
  (limit: number): SourceRule =>
  (files) =>
    files
      .map(({ path, text }) => ({ path, lines: lineCount(text) }))
      .flatMap(({ path, lines }) => (lines > limit ? [`${path}: ${lines} lines`] : []));

export const lineCount = (text: string): number => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

/** Words that say nothing; a file is named after what it exports. `service-manager` is the name of a port. */
export const saysWhatItIs: SourceRule = (files) =>
  files.flatMap(({ path }) => {
    const name = posix.basename(path).replace(/\..*$/, "");
    const empty = /(^|-)(manager|helpers?|utils?|common|misc|base|data|info)(-|$)/.exec(name)?.[2];
    if (name === "service") return [`${path}: say which service unit`];
    return empty === undefined || name.includes("service-manager") ? [] : [`${path}: "${empty}" says nothing`];
  });

/** Sibling folders that must not know each other, such as two stacks or two adapters. */
export const keepsApart =
  (folder: string, allowed: readonly string[] = []): SourceRule =>
  (files) =>
    importsOf(files).flatMap(({ path, target }) => {
      const own = childOf(folder, path);
      const other = childOf(folder, target);
      if (own === null || other === null || own === other || allowed.includes(other)) return [];
      return [`${path}: imports ${target}`];
    });

/** Files below `from` may not import anything below `to`. */
export const neverImports =
  (from: string, to: string): SourceRule =>
  (files) =>
    importsOf(files)
      .filter(({ path, target }) => path.startsWith(from) && target.startsWith(to))
      .map(({ path, target }) => `${path}: imports ${target}`);

/** Relative imports of the files, resolved to paths in the repository. */
export function importsOf(files: readonly SourceFile[]): { readonly path: string; readonly target: string }[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => ({
      path,
      target: posix.normalize(posix.join(posix.dirname(path), match[1] ?? "")),
    })),
  );
}

/** The name of the folder directly below `folder` that holds the path; null for files beside those folders. */
function childOf(folder: string, path: string): string | null {
  if (!path.startsWith(`${folder}/`)) return null;
  const rest = path.slice(folder.length + 1).split("/");
  return rest.length > 1 ? (rest[0] ?? null) : null;
}
