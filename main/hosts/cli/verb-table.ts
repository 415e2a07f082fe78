export type OptionName = "json" | "help" | "stack" | "once" | "port" | "open-demo-if-empty";

export type OptionSpec = { readonly takes?: string; readonly short?: string; readonly means: string };

export const optionTable: Readonly<Record<OptionName, OptionSpec>> = {
  stack: { takes: "ID", means: "only this stack" },
  once: { means: "probe once and end (what it does anyway; scripts may say it)" },
  port: { takes: "N", means: "TCP port on 127.0.0.1 (default: any free one)" },
  "open-demo-if-empty": { means: "when no stack is found, open a demo beside" },
  json: { means: "machine-readable output" },
  help: { short: "h", means: "this text" },
};

export type VerbSpec = {
  /** The operand as shown in the usage line, such as `[FILE|-]`; absent when the verb takes none. */
  readonly operand?: string;
  readonly options: readonly OptionName[];
  readonly means: string;
  readonly exits?: string;
};

const byLight = "0 green, 1 amber, 2 red, 3 grey or could not run";

/** Every verb. Each also takes --json and --help. */
export const verbTable = {
  status: {
    options: ["stack", "once"],
    means: "probe everything once and print the light",
    exits: byLight,
  },
  watch: {
    options: ["stack"],
    means: "keep watching; redraws on a screen, appends changes elsewhere",
    exits: `the light at the end: ${byLight}`,
  },
  explain: {
    operand: "[FILE|-]",
    options: ["stack"],
    means: "say what a pasted error, log or command output means",
    exits: "0 something matched, 3 nothing matched or could not read",
  },
  symptoms: {
    options: ["stack"],
    means: "list every symptom that is known",
  },
  serve: {
    options: ["port", "open-demo-if-empty"],
    means: "serve the page on 127.0.0.1 and print a one-time address",
  },
  demo: {
    operand: "[SCENARIO]",
    options: ["port"],
    means: "serve an invented system; without a name, list them",
  },
  help: {
    operand: "[VERB]",
    options: [],
    means: "this text, or that of one verb",
  },
} as const satisfies Readonly<Record<string, VerbSpec>>;

export type VerbName = keyof typeof verbTable;

export const verbNames = Object.keys(verbTable) as readonly VerbName[];

export const isVerb = (word: string): word is VerbName => Object.hasOwn(verbTable, word);
