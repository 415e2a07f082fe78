/** A problem in the user's configuration, pointing at its place. `line` and `column` count from 1. */
export type SettingsProblem = { readonly path: string; readonly line?: number; readonly column?: number; readonly message: string };

/** What the owner of a section cannot use, by its path inside the section. */
export type SettingsIssue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** `config.yaml`, last good version. A bad edit keeps the last good one and is told as a problem. */
export interface Settings {
  /** Raw settings of one section, such as `stacks.<id>`; undefined when absent. The owner validates it. */
  section(name: string): unknown;
  problems(): readonly SettingsProblem[];
  /** Tells what in a section does not fit; replaces what was told of it before, and is forgotten when the file changes. */
  reject(section: string, issues: readonly SettingsIssue[]): void;
  onChange(listener: () => void): () => void;
}
