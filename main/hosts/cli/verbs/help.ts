import { Unable, type Verb } from "../call.ts";
import { createPage, type Page } from "../page.ts";
import { paintFor } from "../paint.ts";
import { didYouMean } from "../suggest.ts";
import { isVerb, type OptionName, optionTable, type VerbName, type VerbSpec, verbNames, verbTable } from "../verb-table.ts";

function optionWords(name: OptionName): string {
  const { takes, may, short } = optionTable[name];
  return `${short === undefined ? "" : `-${short}, `}--${name}${may === undefined ? "" : `[=${may}]`}${takes === undefined ? "" : ` ${takes}`}`;
}

const usageOf = (verb: VerbName): string => {
  const { operand }: VerbSpec = verbTable[verb];
  return operand === undefined ? verb : `${verb} ${operand}`;
};

function printVerb(page: Page, verb: VerbName): void {
  const spec: VerbSpec = verbTable[verb];
  page.line(0, "", `lamplighter ${usageOf(verb)} [options]`, page.paint.strong);
  page.line(2, "", spec.means);
  page.blank();
  for (const name of [...spec.options, "json", "help"] as const) page.line(2, optionWords(name).padEnd(24), optionTable[name].means);
  if (spec.exits === undefined) return;
  page.blank();
  page.line(2, "exit code: ", spec.exits);
}

function printAll(page: Page): void {
  page.line(0, "", "lamplighter: one honest light for self-hosted agent stacks", page.paint.strong);
  page.blank();
  for (const verb of verbNames) page.line(2, usageOf(verb).padEnd(20), verbTable[verb].means);
  page.line(2, "--version".padEnd(20), "print the version");
  page.blank();
  page.line(2, "", "Every verb takes --json and --help.");
  page.line(2, "", "Exit codes are those of Nagios plugins: 0 green, 1 amber, 2 red, 3 grey or could not run.");
  page.line(2, "", "explain ends with 0 when something matched and with 3 when nothing did.");
}

/** What there is, or what one verb takes. */
export const help: Verb = async ({ wish, terminal }) => {
  const { operand } = wish;
  if (operand !== undefined && !isVerb(operand)) throw new Unable(`There is no verb ${operand}.${didYouMean(operand, verbNames)}`);
  if (wish.json) {
    const verbs = verbNames.map((name) => ({ name, usage: usageOf(name), means: verbTable[name].means, options: verbTable[name].options }));
    terminal.write(`${JSON.stringify({ schemaVersion: 1, verbs: verbs.filter((v) => operand === undefined || v.name === operand) })}\n`);
    return 0;
  }
  const page = createPage(paintFor(terminal.hasColour), terminal.columns());
  if (operand === undefined) printAll(page);
  else printVerb(page, operand);
  terminal.write(page.text());
  return 0;
};
