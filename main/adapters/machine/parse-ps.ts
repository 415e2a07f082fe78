import type { ProcessFacts } from "../../core/ports/machine.ts";

/** The columns that `parsePs` reads. The command comes last, because it alone may hold spaces. */
export const psColumns = "pid=,ppid=,user=,stat=,lstart=,rss=,command=";

/** macOS `U` waits without being interruptible and `I` has been idle for long. */
const states: Readonly<Record<string, ProcessFacts["state"]>> = {
  R: "running",
  S: "sleeping",
  I: "sleeping",
  U: "sleeping",
  D: "sleeping",
  T: "stopped",
  Z: "zombie",
};

/** Reads `ps -o` with `psColumns`, run with `TZ=UTC` and `LC_ALL=C`, so that start times read the same everywhere. Memory comes in KiB. */
export function parsePs(text: string): readonly ProcessFacts[] {
  return text.split("\n").flatMap((line) => {
    const fields = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+[A-Z][a-z]{2} (.{15} \d{4})\s+(\d+)\s+(.*\S)\s*$/.exec(line);
    if (!fields) return [];
    const [, pid, ppid, user = "", stat = "", started = "", rss, command = ""] = fields;
    const startedMs = Date.parse(`${started} UTC`);
    return [
      {
        pid: Number(pid),
        ppid: Number(ppid),
        user,
        name: programName(command),
        command,
        state: states[stat[0] ?? ""] ?? "unknown",
        rssBytes: Number(rss) * 1024,
        ...(Number.isNaN(startedMs) ? {} : { startedMs }),
      },
    ];
  });
}

/** Last part of the program's path. A path with spaces is cut at the first one that an option or a slash does not follow. */
function programName(command: string): string {
  const bundle = /^\/.*?\.app\/Contents\/MacOS\/([^/]+?)(?= -|$)/.exec(command)?.[1];
  const word = command.split(" ")[0] ?? "";
  return bundle ?? word.slice(word.lastIndexOf("/") + 1);
}
