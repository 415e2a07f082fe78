export type CronLine = { readonly number: number; readonly command: string };

/**
 * Commands of a crontab with the numbers of their lines. `system`: a table of the machine, which names an account before the
 * command. Settings of variables and comments are no commands; what follows `%` is its input.
 */
export function cronLines(text: string, system: boolean): readonly CronLine[] {
  const when = String.raw`(?:@\w+|(?:[\d*/,A-Za-z?#~-]+\s+){4}[\d*/,A-Za-z?#~-]+)`;
  const pattern = new RegExp(String.raw`^\s*-?${when}\s+${system ? String.raw`\S+\s+` : ""}(\S.*)$`);
  return text.split("\n", 2000).flatMap((line, at) => {
    if (/^\s*(?:#|[A-Za-z_]\w*\s*=|$)/.test(line)) return [];
    const command = pattern.exec(line.slice(0, 4000))?.[1];
    return command === undefined ? [] : [{ number: at + 1, command: command.split(/(?<!\\)%/)[0] ?? "" }];
  });
}
