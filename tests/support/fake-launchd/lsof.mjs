#!/usr/bin/env node
// Stands in for `lsof -nP -iTCP[:PORT] -sTCP:LISTEN [-F FIELDS]`. Listeners are in $HOME/.fake-lsof.json: a list of
// { pid, command, uid, login, type, name }, name as lsof prints it. Nothing found is silence and exit code 1, as is a wrong call.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const file = join(homedir(), ".fake-lsof.json");
const listeners = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const args = process.argv.slice(2);
const port = /^-iTCP:(\d+)$/.exec(args.find((word) => word.startsWith("-iTCP")) ?? "")?.[1];
const at = args.findIndex((word) => word.startsWith("-F"));
const fields = at < 0 ? null : args[at].slice(2) || args[at + 1] || "pfn";
const found = listeners.filter((each) => port === undefined || each.name.endsWith(`:${port}`));

if (!args.some((word) => word.startsWith("-iTCP"))) {
  process.stderr.write("lsof: unsupported by this stand-in\n");
  process.exitCode = 1;
} else if (found.length === 0) process.exitCode = 1;
else if (fields === null) {
  const rows = found.map(({ command, pid, login, type, name }, index) =>
    [command.slice(0, 9), pid, login, `${10 + index}u`, type, "0x0", "0t0", "TCP", name, "(LISTEN)"].join(" "),
  );
  process.stdout.write(`${["COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME", ...rows].join("\n")}\n`);
} else {
  const lines = [];
  for (const pid of new Set(found.map((each) => each.pid))) {
    const own = found.filter((each) => each.pid === pid);
    lines.push(["p", pid], ["c", own[0].command], ["u", own[0].uid], ["L", own[0].login]);
    for (const [index, each] of own.entries()) lines.push(["f", 10 + index], ["t", each.type], ["P", "TCP"], ["n", each.name]);
  }
  // The process and the file of a set are always told; the rest only when asked for.
  process.stdout.write(
    lines
      .filter(([field]) => "pf".includes(field) || fields.includes(field))
      .map((each) => `${each.join("")}\n`)
      .join(""),
  );
}
