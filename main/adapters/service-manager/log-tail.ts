import type { Files } from "../../core/ports/files.ts";
import { plainLine } from "./journal-lines.ts";

/** Read from the end of each log at most. */
const maxBytes = 65_536;
const longestLine = 500;

/**
 * The last lines of a job's log files, oldest first, since launchd keeps no journal. Of two files each gets its share, and the one
 * written last comes last. Pipes and devices are passed over.
 */
export async function logTail(files: Files, paths: readonly (string | undefined)[], lines: number): Promise<readonly string[]> {
  const count = Math.min(Math.max(Math.trunc(lines) || 0, 0), 500);
  const logs: { readonly modifiedMs: number; readonly lines: readonly string[] }[] = [];
  for (const path of new Set(paths)) {
    const facts = path === undefined ? null : await files.facts(path);
    if (path === undefined || facts?.kind !== "file") continue;
    const chunk = await files.tail(path, null, { maxBytes });
    const own = (chunk?.lines ?? []).map((line) => plainLine(line).slice(0, longestLine)).filter((line) => line !== "");
    if (own.length > 0) logs.push({ modifiedMs: facts.modifiedMs, lines: own });
  }
  const [newest, other] = logs.sort((one, two) => two.modifiedMs - one.modifiedMs);
  if (count === 0 || !newest) return [];
  const share = other && count > 1 ? other.lines.slice(-Math.floor(count / 2)) : [];
  return [...share, ...newest.lines.slice(-(count - share.length))];
}
