import type { Files } from "../../core/ports/files.ts";
import type { Settings, SettingsProblem } from "../../core/ports/settings.ts";
import { readYaml } from "./read-yaml.ts";

const LARGEST_FILE = 262_144;

type Sections = Readonly<Record<string, unknown>>;
type Loaded = { readonly values: Sections | null; readonly problems: readonly SettingsProblem[] };

/**
 * Settings from a YAML file, read anew whenever it changes. Resolves once the file was read for the first time. A file that is not
 * there is an empty one; one that cannot be understood leaves the last good settings in force and says where it is wrong.
 */
export async function yamlSettings(files: Files, path: string): Promise<Settings> {
  const listeners = new Set<() => void>();
  let good: Sections | undefined;
  let problems: readonly SettingsProblem[] = [];
  let turn = 0;

  const load = async () => {
    turn += 1;
    const mine = turn;
    const loaded = await readConfig(files, path);
    // A later change has been read, or is being read, in the meantime.
    if (mine !== turn) return;
    const before = JSON.stringify([good, problems]);
    const force = good === undefined ? "No settings of it are in force." : "The last good settings stay in force.";
    problems = loaded.values === null ? loaded.problems.map((each) => ({ ...each, message: `${each.message} ${force}` })) : loaded.problems;
    good = loaded.values ?? good;
    if (JSON.stringify([good, problems]) !== before) for (const listener of listeners) listener();
  };

  files.watch(path, () => void load());
  await load();

  return {
    section: (name) => name.split(".").reduce<unknown>(inner, good),
    problems: () => problems,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const inner = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

async function readConfig(files: Files, path: string): Promise<Loaded> {
  const file = await files.read(path, { maxBytes: LARGEST_FILE });
  if (file.kind === "missing") return { values: {}, problems: [] };
  if (file.kind === "unreadable") return failed(path, file.reason);
  if (file.kind === "too-large") return failed(path, `It is larger than ${LARGEST_FILE / 1024} KB, which no settings need.`);
  if (file.kind === "not-text") return failed(path, "It holds something other than text.");
  const { values, problems } = await readYaml(file.text);
  return { values, problems: problems.map((problem) => ({ path, ...problem })) };
}

const failed = (path: string, message: string): Loaded => ({ values: null, problems: [{ path, message }] });
