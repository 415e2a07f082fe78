import { splitWords } from "./split-words.ts";

/** Properties of one unit. A property that is printed on several lines keeps all of them. */
export type Shown = ReadonlyMap<string, readonly string[]>;

/** Reads `systemctl show` of one unit. Values may hold further equals signs. */
export function parseShow(text: string): Shown {
  const shown = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const at = line.indexOf("=");
    if (at <= 0) continue;
    const key = line.slice(0, at);
    const before = shown.get(key);
    if (before) before.push(line.slice(at + 1));
    else shown.set(key, [line.slice(at + 1)]);
  }
  return shown;
}

/** The value of a property, undefined when it is missing or empty. */
export const shownText = (shown: Shown, key: string): string | undefined => shown.get(key)?.[0] || undefined;

export function shownNumber(shown: Shown, key: string): number | undefined {
  const text = shownText(shown, key) ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Epoch milliseconds of a time printed with `TZ=UTC`, to the second. */
export function shownTime(shown: Shown, key: string): number | undefined {
  const parts = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(shownText(shown, key) ?? "");
  return parts ? Date.parse(`${parts[1]}T${parts[2]}Z`) : undefined;
}

const unitsOfTime: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  month: 2_629_800,
  y: 31_557_600,
};

/** Seconds of a time span such as `1min 30s` or `100ms`; undefined for `infinity`. */
export function shownSeconds(shown: Shown, key: string): number | undefined {
  const parts = [...(shownText(shown, key) ?? "").matchAll(/(\d+)([a-z]+)/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitsOfTime[unit] ?? 0), 0);
}

/**
 * The command line in ExecStart, as systemctl shows it: most releases join the words with spaces and lose where one ends,
 * newer ones quote them.
 */
export function shownCommand(shown: Shown): string | undefined {
  const [, rest] = (shownText(shown, "ExecStart") ?? "").split("; argv[]=", 2);
  const end = rest?.search(/ ; [a-z_]+=/) ?? -1;
  return end < 0 ? undefined : rest?.slice(0, end);
}

/** `NAME=value` words of the Environment property, in order. */
export function shownEnvironment(shown: Shown): readonly (readonly [string, string])[] {
  return splitWords(shownText(shown, "Environment") ?? "").flatMap((word) => {
    const at = word.indexOf("=");
    return at <= 0 ? [] : [[word.slice(0, at), word.slice(at + 1)] as const];
  });
}

/** Paths of the EnvironmentFiles property, later ones winning over earlier ones. */
export const shownEnvironmentFiles = (shown: Shown): readonly string[] =>
  (shown.get("EnvironmentFiles") ?? [])
    .map((value) => value.replace(/ \(ignore_errors=(?:yes|no)\)$/, ""))
    .filter((path) => path.startsWith("/"));
