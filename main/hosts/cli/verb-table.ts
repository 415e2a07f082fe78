export type OptionName =
  | "json"
  | "help"
  | "stack"
  | "once"
  | "port"
  | "open-demo-if-empty"
  | "remedy"
  | "dry-run"
  | "yes"
  | "undo"
  | "force"
  | "resume"
  | "leave"
  | "limit";

export type OptionSpec = {
  /** What its value is, such as `ID`; absent for a switch. */
  readonly takes?: string;
  /** The one value that a switch may carry, as in `--yes=destructive`. */
  readonly may?: string;
  readonly short?: string;
  readonly means: string;
};

export const optionTable: Readonly<Record<OptionName, OptionSpec>> = {
  stack: { takes: "ID", means: "only this stack" },
  once: { means: "probe once and end (what it does anyway; scripts may say it)" },
  port: { takes: "N", means: "TCP port on 127.0.0.1 (default: any free one)" },
  "open-demo-if-empty": { means: "when no stack is found, open a demo beside" },
  remedy: { takes: "ID", means: "this way to repair, when there is more than one" },
  "dry-run": { means: "show the whole plan and run nothing" },
  yes: { may: "destructive", means: "do not ask; a plan that destroys something needs --yes=destructive" },
  undo: { takes: "ID", means: "put back every file that this repair changed" },
  force: { means: "with --undo: also files that somebody changed since" },
  resume: { takes: "ID", means: "finish a repair that was cut off in the middle" },
  leave: { takes: "ID", means: "close a repair that was cut off, as it is now" },
  limit: { takes: "N", means: "how many of the newest lines (default 100)" },
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
const afterOperation = "the light afterwards: 0 green, 1 amber, 2 red; 0 after --dry-run; 3 refused or could not run";

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
  repair: {
    operand: "[CODE]",
    options: ["stack", "remedy", "dry-run", "yes", "undo", "force", "resume", "leave"],
    means: "show and run the plan of a finding; without a code, list what can be repaired",
    exits: "the light after the repair: 0 green, 1 amber, 2 red; 0 after --dry-run, --leave and the list; 3 refused or could not run",
  },
  start: { operand: "[STACK]", options: ["dry-run", "yes"], means: "start a stack", exits: afterOperation },
  stop: {
    operand: "[STACK]",
    options: ["dry-run", "yes"],
    means: "stop a stack; it stays stopped and is not repaired until it is started",
    exits: "0 stopped, 3 refused or could not be stopped",
  },
  restart: { operand: "[STACK]", options: ["dry-run", "yes"], means: "restart a stack", exits: afterOperation },
  journal: {
    options: ["limit"],
    means: "what Lamplighter did, newest last",
    exits: "0 the record is whole, 1 it is damaged, 3 could not be read",
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
