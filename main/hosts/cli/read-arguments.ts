import { parseArgs } from "node:util";
import { Unable, type Wish } from "./call.ts";
import { didYouMean } from "./suggest.ts";
import { isVerb, type OptionName, optionTable, type VerbName, type VerbSpec, verbNames, verbTable } from "./verb-table.ts";

export type Arguments =
  | { readonly kind: "version"; readonly json: boolean }
  | { readonly kind: "verb"; readonly verb: VerbName; readonly wish: Wish };

const isOption = (name: string): name is OptionName => Object.hasOwn(optionTable, name);

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new Unable(`--port takes a number from 0 to 65535, not ${text}.`);
  return port;
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 1_000) throw new Unable(`--limit takes a number from 1 to 1000, not ${text}.`);
  return limit;
}

type Given = ReadonlyMap<OptionName, string | undefined>;

/** At most one of `--undo`, `--resume` and `--leave`: each is a whole errand. */
function readEarlier(values: Given, operand: string | undefined): Wish["earlier"] {
  const asked = (["undo", "resume", "leave"] as const).filter((name) => values.has(name));
  const [what] = asked;
  if (values.has("force") && what !== "undo") throw new Unable("--force belongs to --undo ID.");
  if (what === undefined) return undefined;
  if (asked.length > 1 || operand !== undefined) throw new Unable(`--${what} ID stands alone: one repair, and no code.`);
  return { do: what, id: values.get(what) ?? "", force: values.has("force") };
}

const readYes = (values: Given): Wish["yes"] =>
  values.has("yes") ? (values.get("yes") === optionTable.yes.may ? "twice" : "once") : undefined;

const parserOptions = Object.fromEntries(
  Object.entries(optionTable).map(([name, spec]) => [
    name,
    {
      type: spec.takes === undefined ? ("boolean" as const) : ("string" as const),
      ...(spec.short === undefined ? {} : { short: spec.short }),
    },
  ]),
);

/** Reads what was typed; throws Unable, with the nearest known word, for anything that is not understood. */
export function readArguments(argv: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...parserOptions, version: { type: "boolean", short: "V" } },
    strict: false,
    tokens: true,
  });
  const operands = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const options = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const json = options.some((o) => o.name === "json");
  if (options.some((o) => o.name === "version")) return { kind: "version", json };

  const word = operands[0] ?? "help";
  const verb = isVerb(word) ? word : undefined;
  if (verb === undefined) throw new Unable(`There is no verb ${word}.${didYouMean(word, verbNames)} \`lamplighter help\` lists them.`);
  const spec: VerbSpec = verbTable[verb];
  const allowed: readonly OptionName[] = [...spec.options, "json", "help"];
  const values = new Map<OptionName, string | undefined>();
  for (const option of options) {
    if (!isOption(option.name) || !allowed.includes(option.name)) {
      const guess = didYouMean(option.name, allowed).replace("mean ", "mean --");
      throw new Unable(`${verb} has no option ${option.rawName}.${guess} \`lamplighter help ${verb}\` lists them.`);
    }
    const { takes, may } = optionTable[option.name];
    const isMissing = (option.value ?? "") === "" || (option.inlineValue === false && option.value?.startsWith("--") === true);
    if (takes !== undefined && isMissing) throw new Unable(`${option.rawName} needs a value: ${option.rawName} ${takes}.`);
    if (may !== undefined && option.value !== undefined && option.value !== may)
      throw new Unable(`${option.rawName} takes no value but ${option.rawName}=${may}.`);
    if (takes === undefined && may === undefined && option.value !== undefined) throw new Unable(`${option.rawName} takes no value.`);
    values.set(option.name, option.value ?? values.get(option.name));
  }
  if (values.has("help"))
    return { kind: "verb", verb: "help", wish: { json, openDemoIfEmpty: false, ...(operands.length > 0 ? { operand: verb } : {}) } };
  const operand = operands[1];
  const surplus = spec.operand === undefined ? operand : operands[2];
  if (surplus !== undefined)
    throw new Unable(`${verb} does not know what to do with ${surplus}. \`lamplighter help ${verb}\` says what it takes.`);
  const stack = values.get("stack");
  const port = readPort(values.get("port"));
  const remedy = values.get("remedy");
  const yes = readYes(values);
  const earlier = readEarlier(values, operand);
  const limit = readLimit(values.get("limit"));
  return {
    kind: "verb",
    verb,
    wish: {
      json,
      openDemoIfEmpty: values.has("open-demo-if-empty"),
      ...(stack === undefined ? {} : { stack }),
      ...(port === undefined ? {} : { port }),
      ...(operand === undefined ? {} : { operand }),
      ...(remedy === undefined ? {} : { remedy }),
      ...(values.has("dry-run") ? { dryRun: true } : {}),
      ...(yes === undefined ? {} : { yes }),
      ...(earlier === undefined ? {} : { earlier }),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}
