import { isAbsolute, join, normalize } from "node:path";

const most = 20;
/** Packages bring programs that restart themselves; what is in them was not written as a watchdog. */
const packaged = /\/(?:node_modules|site-packages|dist-packages|Cellar|\.app\/Contents)\/|\.app\/Contents\//;
const ending = /\.(?:sh|bash|zsh|fish|command|py|rb|pl|js|mjs|cjs|ts|tsx|scpt|applescript)$/i;

/**
 * Absolute paths of files that a command or script may run. In a command every path may be a program; in a script only what
 * ends like one, because scripts name many files. A path from `cd` counts for those that begin with `./`.
 */
export function namedScripts(text: string, home: string, kind: "command" | "script"): readonly string[] {
  const folder = /\bcd\s+["']?([^\s"';&|]+)/.exec(text)?.[1];
  const start = folder === undefined ? home : absolute(folder, home, home);
  const words = text.slice(0, 65_536).match(/[^\s"'`;|&<>(),=]+/g) ?? [];
  const paths = words
    .filter((word) => word.includes("/") && !word.includes("://") && !/[*?\0]/.test(word))
    .map((word) => absolute(word, home, start ?? home))
    .filter((path) => path !== undefined)
    .filter((path) => !packaged.test(path) && !path.startsWith("/dev/") && !path.startsWith("/proc/"))
    .filter((path) => kind === "command" || ending.test(path));
  return [...new Set(paths)].slice(0, most);
}

function absolute(word: string, home: string, start: string): string | undefined {
  const expanded = word.replace(/^(?:~|\$HOME|\$\{HOME\}|%h)(?=\/|$)/, home);
  if (/[$%{}]/.test(expanded)) return undefined;
  return isAbsolute(expanded) ? normalize(expanded) : join(start, expanded);
}
