import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One living process. `started` is opaque: with the pid it names a process for good, even after the pid is used again. */
export type TableRow = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly started: string;
};

/** Reads one line of Linux `/proc/PID/stat`. The name in parentheses may hold anything, parentheses and spaces included. */
export function parseStatLine(line: string): TableRow | null {
  const fields = /^(\d+) \(.*\) ([A-Za-z]) (\d+) (-?\d+) (?:\S+ ){16}(\d+)/s.exec(line);
  // Zombies have ended; only their parent has not noticed yet.
  if (!fields || fields[2] === "Z") return null;
  return { pid: Number(fields[1]), parent: Number(fields[3]), group: Number(fields[4]), started: fields[5] ?? "" };
}

/** Reads the output of `ps -A -o pid=,ppid=,pgid=,stat=,lstart=`. */
export function parsePsTable(text: string): readonly TableRow[] {
  return text.split("\n").flatMap((line) => {
    const fields = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*)$/.exec(line.trimEnd());
    if (!fields || fields[4]?.startsWith("Z")) return [];
    return [{ pid: Number(fields[1]), parent: Number(fields[2]), group: Number(fields[3]), started: fields[5] ?? "" }];
  });
}

const statOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
};

/** Everything that runs now; an empty list when the system does not tell. */
export async function readProcessTable(): Promise<readonly TableRow[]> {
  if (process.platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => parseStatLine(statOf(pid)) ?? []);
  }
  const columns = "pid=,ppid=,pgid=,stat=,lstart=";
  return new Promise((resolve) => {
    execFile("/bin/ps", ["-A", "-o", columns], { timeout: 1000, maxBuffer: 4 << 20, env: { LC_ALL: "C" } }, (_error, stdout) =>
      resolve(parsePsTable(stdout)),
    );
  });
}

/** The process itself, its group, and everything below it, also what moved to a group of its own. */
export function treeOf(leader: number, table: readonly TableRow[]): readonly TableRow[] {
  const inTree = new Set<number>([leader, ...table.filter((row) => row.group === leader).map((row) => row.pid)]);
  // Parents may stand after their children in the table, so we look again until nothing is added.
  for (let before = -1; before !== inTree.size; ) {
    before = inTree.size;
    for (const row of table) if (inTree.has(row.parent)) inTree.add(row.pid);
  }
  return table.filter((row) => inTree.has(row.pid));
}
