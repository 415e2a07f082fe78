import { describe, expect, it } from "vitest";
import { parseEnvironmentFile } from "./environment-file.ts";
import { parseListBlock, parseListTable } from "./parse-list.ts";
import { parsePrint, printedEnvironmentValue } from "./parse-print.ts";
import { parsePrintDisabled } from "./parse-print-disabled.ts";
import { parseShow, shownCommand, shownEnvironment, shownSeconds } from "./parse-show.ts";
import { parseUnitFile } from "./parse-unit-file.ts";
import { splitWords } from "./split-words.ts";

const many = (text: string) => text.repeat(Math.floor(400_000 / text.length));

/** Texts of about 400 kB that make a careless pattern look at each place again and again. */
const hostile: Readonly<Record<string, string>> = {
  "spaces before a letter": `a${many(" ")}b`,
  "spaces behind a key": `state = ${many(" ")}x`,
  "empty lines": many("\n"),
  "lines of tabs": many("\t\t\t\n"),
  "open quotes": many('"'),
  "open braces": many("x = {\n"),
  backslashes: many("\\"),
  "continued lines": many("a\\\n"),
  "equals signs": many("="),
  "open arguments": `ExecStart=${many("; argv[]=")}`,
  "open lists": many('\t"ProgramArguments" = (\n'),
  "numbers and letters": `RestartUSec=${many("1a")}`,
  "no text": many("\u0000\uFFFD\u0007"),
};

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parsePrint,
  printedEnvironmentValue: (text) => printedEnvironmentValue(text, "TOKEN"),
  parsePrintDisabled,
  parseListTable,
  parseListBlock,
  parseUnitFile,
  parseEnvironmentFile,
  splitWords,
  parseShow: (text) => {
    const shown = parseShow(text);
    return [shownCommand(shown), shownEnvironment(shown), shownSeconds(shown, "RestartUSec")];
  },
};

describe.each(Object.entries(readers))("%s", (_name, read) => {
  it.each(Object.entries(hostile))("is done quickly with %s, on one line and on many", (_kind, text) => {
    const began = performance.now();
    for (const each of [text, `gui/501/x = {\n\t${text}\n\tstate = ${text}`, `[Service]\nExecStart=${text}`])
      expect(() => read(each)).not.toThrow();
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
