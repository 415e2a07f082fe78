import type { FileText } from "../../core/ports/files.ts";
import type { Settings, SettingsProblem } from "../../core/ports/settings.ts";
import { readYaml, type YamlReading } from "./read-yaml.ts";

/** The config file: its path for messages, how it is read, and how its changes are heard of. */
export type ConfigSource = { readonly path: string; readonly read: () => FileText; readonly watch: (changed: () => void) => unknown };

type Sections = Readonly<Record<string, unknown>>;
type Loaded = Pick<YamlReading, "values" | "place"> & { readonly problems: readonly SettingsProblem[] };

/**
 * Settings from a YAML file, read anew whenever it changes. A file that is not there is an empty one; one that cannot be understood
 * leaves the last good settings in force and says where it is wrong.
 */
export function yamlSettings(source: ConfigSource): Settings {
  const listeners = new Set<() => void>();
  let good: Sections | undefined;
  let problems: readonly SettingsProblem[] = [];
  let place: Loaded["place"] = () => nowhere;
  const rejected = new Map<string, readonly SettingsProblem[]>();

  const load = () => {
    const before = JSON.stringify([good, problems]);
    const loaded = readConfig(source);
    const force = good === undefined ? "No settings of it are in force." : "The last good settings stay in force.";
    problems = loaded.values === null ? loaded.problems.map((each) => ({ ...each, message: `${each.message} ${force}` })) : loaded.problems;
    good = loaded.values ?? good;
    place = loaded.place;
    rejected.clear();
    if (JSON.stringify([good, problems]) !== before) for (const listener of listeners) listener();
  };
  source.watch(load);
  load();

  return {
    section: (name) => name.split(".").reduce<unknown>(inner, good),
    problems: () => [...problems, ...[...rejected.values()].flat()],
    reject: (section, issues) => {
      const names = section.split(".");
      rejected.set(
        section,
        issues.slice(0, MOST_ISSUES).map((issue) => ({
          path: source.path,
          ...place([...names, ...issue.path]),
          message: `${cut([...names, ...issue.path].map(String).join("."))}: ${cut(issue.message)}. The last good settings stay in force.`,
        })),
      );
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nowhere = { line: 1, column: 1 };
/** The first few mistakes are enough to correct a file, and the beginning of a name to recognise it. */
const MOST_ISSUES = 5;
const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

const inner = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function readConfig({ path, read }: ConfigSource): Loaded {
  const failed = (message: string): Loaded => ({ values: null, problems: [{ path, message }], place: () => nowhere });
  const file = read();
  if (file.kind === "missing") return { values: {}, problems: [], place: () => nowhere };
  if (file.kind === "unreadable") return failed(file.reason);
  if (file.kind === "too-large") return failed(`It is larger than ${Math.round(file.limitBytes / 1024)} KB, which no settings need.`);
  if (file.kind === "not-text") return failed("It holds something other than text.");
  const { values, problems, place } = readYaml(file.text);
  return { values, place, problems: problems.map((problem) => ({ path, ...problem })) };
}
