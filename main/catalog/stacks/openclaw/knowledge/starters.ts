import { isRecord, items, oneLine, parseJson, text } from "./loose.ts";

/** Something outside the service manager that starts or restarts a gateway. `words` name it and what it runs. */
export type Starter = { readonly kind: "pm2" | "cron"; readonly words: string };

const gateway = /\b(?:openclaw|clawdbot|moltbot)\b.{0,200}\bgateway\b/i;
/** Asking a gateway something is not starting one. */
const asksOnly = /\bgateway\s+(?:stop|status|probe|call|health)\b/i;
const starts = (command: string): boolean => gateway.test(command) && !asksOnly.test(command);

/** Programs that pm2 keeps alive, from its `dump.pm2`. */
export function startersInPm2(dump: string): readonly Starter[] {
  return items(parseJson(dump))
    .slice(0, 200)
    .filter(isRecord)
    .flatMap((one): readonly Starter[] => {
      const words = [text(one["pm_exec_path"]) ?? text(one["script"]), ...items(one["args"]).map(text)].filter(
        (word) => word !== undefined,
      );
      const command = words.join(" ").slice(0, 1_000);
      if (!starts(command)) return [];
      return [{ kind: "pm2", words: oneLine(`pm2 keeps ${text(one["name"]) ?? "a program"} alive: ${command}`, 200) }];
    });
}

/** Jobs in the answer of `crontab -l`. What comes after the time is shown; remarks and settings of variables are passed over. */
export function startersInCrontab(table: string): readonly Starter[] {
  return table.split("\n", 400).flatMap((line): readonly Starter[] => {
    const job = /^\s*(?:@\w+|(?:[\d*,/\-A-Za-z]+\s+){5})\s*(\S.*)$/.exec(line.slice(0, 1_000))?.[1];
    return job === undefined || !starts(job) ? [] : [{ kind: "cron", words: oneLine(`A line in the crontab runs: ${job}`, 200) }];
  });
}
