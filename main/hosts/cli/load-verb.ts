import type { Verb } from "./call.ts";
import type { VerbName } from "./verb-table.ts";

/** The code of each verb, loaded only when it is used: a verb pays for nothing that only another one needs. */
const loaders: Readonly<Record<VerbName, () => Promise<Verb>>> = {
  status: async () => (await import("./verbs/status.ts")).status,
  watch: async () => (await import("./verbs/watch.ts")).watch,
  explain: async () => (await import("./verbs/explain.ts")).explain,
  symptoms: async () => (await import("./verbs/symptoms.ts")).symptoms,
  repair: async () => (await import("./verbs/repair.ts")).repair,
  start: async () => (await import("./verbs/operate.ts")).operate("start"),
  stop: async () => (await import("./verbs/operate.ts")).operate("stop"),
  restart: async () => (await import("./verbs/operate.ts")).operate("restart"),
  journal: async () => (await import("./verbs/journal.ts")).journal,
  serve: async () => (await import("./verbs/serve.ts")).serve,
  demo: async () => (await import("./verbs/demo.ts")).demo,
  help: async () => (await import("./verbs/help.ts")).help,
};

export const loadVerb = (name: VerbName): Promise<Verb> => loaders[name]();
