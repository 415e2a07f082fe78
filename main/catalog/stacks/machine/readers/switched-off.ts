import { codes } from "../codes.ts";
import { type Opinion, opinion, readersFor } from "./opinion.ts";

const OVERRIDE = /^\s{0,16}"([\w.@ -]{1,160})" => (disabled|enabled|true|false)\s*$/;
const BLOCK = /^\s{0,16}disabled services = \{/;
const DISPOSITION = /^\s{0,40}Disposition: \[([a-z, -]{1,80})\]/;
const NAME = /^\s{0,40}(?:Name|Identifier|Bundle Identifier): (.{1,160})$/;
const MAX_LINES = 20_000;
/** A short excerpt was picked by the reader; in the whole list some switched-off job proves little. */
const EXCERPT = 4;

/** Overrides of launchd's store. `true` in old releases means that the job is disabled; a label that is not listed is not disabled. */
function readOverrides(lines: readonly string[]): readonly Opinion[] {
  const inBlock = lines.some((line) => BLOCK.test(line));
  const rows = lines.flatMap((line) => {
    const [, label, value] = OVERRIDE.exec(line.slice(0, 300)) ?? [];
    return label === undefined || value === undefined ? [] : [{ label, value, line }];
  });
  const words = rows.some((row) => row.value === "enabled" || row.value === "disabled");
  if (!inBlock && !words) return [];
  return rows
    .filter((row) => (row.value === "disabled" || (row.value === "true" && inBlock)) && !row.label.startsWith("com.apple."))
    .map((row) => opinion(codes.disabled, row.line, rows.length <= EXCERPT ? 0.85 : 0.45));
}

/** Records of the login items store. `allowed` is a separate switch from `enabled`; both must be on. */
function readRecords(lines: readonly string[]): readonly Opinion[] {
  const records = lines.flatMap((line, index) => {
    const flags = DISPOSITION.exec(line.slice(0, 200))?.[1]?.split(/,\s*/);
    if (flags === undefined) return [];
    const near = lines.slice(Math.max(0, index - 8), index + 10);
    const apple = near.some((one) => /com\.apple\./.test(NAME.exec(one.slice(0, 240))?.[1]?.slice(0, 60) ?? ""));
    return [{ line, apple, off: flags.includes("disabled") || flags.includes("disallowed") || flags.includes("not allowed") }];
  });
  return records
    .filter((one) => one.off && !one.apple)
    .map((one) => opinion(codes.disabled, one.line, records.length <= EXCERPT ? 0.85 : 0.5));
}

function readSwitches(text: string): readonly Opinion[] {
  if (!/" => |Disposition: \[/.test(text)) return [];
  const lines = text.split("\n", MAX_LINES);
  return [...readOverrides(lines), ...readRecords(lines)];
}

/** Reads `launchctl print-disabled` and `sfltool dumpbtm`. */
export const switchedOff = readersFor([codes.disabled], readSwitches);
