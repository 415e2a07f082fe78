import { basename } from "node:path";
import type { Files } from "../../core/ports/files.ts";
import type { WatchdogTarget } from "../../core/ports/watchdogs.ts";
import { evidenceOf } from "./evidence.ts";
import { findRestart } from "./find-restart.ts";
import { namedScripts } from "./named-scripts.ts";
import { type TargetNames, targetNames } from "./target-names.ts";

/** What of each file is read, and how many are read in one search: a desktop alone has several hundred unit files. */
const mostCharacters = 65_536;
const mostBytes = 262_144;
const mostFiles = 1500;
/** A job runs a script, which may call another one. */
const deepest = 2;

export type ScriptSearch = {
  readonly names: TargetNames;
  /** What in a command, or in the scripts it runs, restarts the target: one redacted line; null when nothing does. */
  restartIn(command: string): Promise<string | null>;
  /** Text of a small file; empty when it cannot be read as one. */
  text(path: string): Promise<string>;
};

/** Reads scripts and never runs them. One search reads each file once. */
export function scriptSearch(files: Files, home: string, target: WatchdogTarget, signal?: AbortSignal): ScriptSearch {
  const names = targetNames(target);
  const known = new Map<string, Promise<string>>();
  const text = (path: string): Promise<string> => {
    const before = known.get(path);
    if (before) return before;
    if (known.size >= mostFiles || signal?.aborted) return Promise.resolve("");
    const read = files.read(path, { maxBytes: mostBytes }).then(
      (file) => (file.kind === "text" ? file.text.slice(0, mostCharacters) : ""),
      () => "",
    );
    known.set(path, read);
    return read;
  };
  /** The target's own program may well restart itself; that makes nobody who runs it a watchdog. */
  const isTargets = (path: string): boolean => target.words.some((word) => basename(path) === basename(word));

  const within = async (code: string, kind: "command" | "script", depth: number): Promise<string | null> => {
    const line = findRestart(code, names);
    if (line !== null || depth >= deepest) return line;
    for (const path of namedScripts(code, home, kind)) {
      if (isTargets(path)) continue;
      const script = await text(path);
      const found = script === "" ? null : await within(script, "script", depth + 1);
      if (found !== null) return found.startsWith(basename(path)) ? found : `${basename(path)}: ${found}`;
    }
    return null;
  };

  return {
    names,
    text,
    async restartIn(command) {
      const found = await within(command.slice(0, mostCharacters), "command", 0);
      return found === null ? null : evidenceOf(found);
    },
  };
}
