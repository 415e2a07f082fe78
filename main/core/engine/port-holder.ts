import type { TcpListener } from "../ports/machine.ts";

/** Longest name shown; a process chooses its own. */
const longest = 40;

const plain = (text: string): string => {
  const line = text.replaceAll(/\p{Cc}+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};

/** Who holds a port, without the command line: `python3 (process 4242, since 09:12, child of zsh)`. */
export function portHolder({ process, parentName, since, unit }: TcpListener): string {
  if (process === undefined) return "another account";
  const facts = [
    `process ${process.pid}`,
    since === undefined ? "" : `since ${since}`,
    unit === undefined ? "" : `of ${plain(unit)}`,
    unit === undefined && parentName !== undefined ? `child of ${plain(parentName)}` : "",
  ];
  return `${plain(process.name) || "a nameless program"} (${facts.filter(Boolean).join(", ")})`;
}
