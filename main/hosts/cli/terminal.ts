import { createInterface } from "node:readline";

/** Where a verb writes and reads. Verbs never touch `process`, so that they can be watched in tests. */
export type Terminal = {
  /** Writes to standard output; silently nothing once the reader is gone. */
  write(text: string): void;
  /** Writes to standard error. */
  complain(text: string): void;
  /** True when standard output is a screen that can be redrawn. */
  readonly isScreen: boolean;
  readonly hasColour: boolean;
  /** Columns of the screen; infinite when output goes to a file or pipe, where lines must stay whole. */
  columns(): number;
  rows(): number;
  /** True when a person would have to type the input. */
  readonly inputIsKeyboard: boolean;
  readonly input: AsyncIterable<Uint8Array>;
  /**
   * Asks on standard error and reads one line typed after that; null when the keyboard is gone, the program is to end, or `over`
   * aborts. What was typed before the question is no answer to it.
   */
  ask(question: string, over?: AbortSignal): Promise<string | null>;
  /** Aborts on Ctrl-C, a request to end, or when the reader of the output went away. */
  readonly ended: AbortSignal;
};

/** The part of a process that a terminal needs. */
export type ProcessLike = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env" | "on" | "exit">;

/** `NO_COLOR` and `FORCE_COLOR` as other programs read them; the explicit wish for colour wins. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isScreen: boolean): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return !["0", "false"].includes(forced);
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  return isScreen && env["TERM"] !== "dumb";
}

/** One line from a stream, without its end. */
function readLine(input: NodeJS.ReadableStream, over: AbortSignal): Promise<string | null> {
  if (over.aborted) return Promise.resolve(null);
  return new Promise((resolve) => {
    const lines = createInterface({ input, terminal: false });
    const end = (line: string | null): void => {
      over.removeEventListener("abort", none);
      resolve(line);
      lines.close();
    };
    const none = (): void => end(null);
    over.addEventListener("abort", none);
    lines.once("line", end);
    lines.once("close", none);
  });
}

/** The real terminal. A second Ctrl-C ends at once, should an orderly end ever take too long. */
export function processTerminal(of: ProcessLike): Terminal {
  const ending = new AbortController();
  const isTty = of.stdout.isTTY === true;
  let readerIsGone = false;
  for (const stream of [of.stdout, of.stderr]) {
    stream.on("error", () => {
      readerIsGone ||= stream === of.stdout;
      ending.abort();
    });
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    of.on(signal, () => {
      if (ending.signal.aborted && signal === "SIGINT") of.exit(130);
      ending.abort();
    });
  }
  return {
    write: (text) => void (readerIsGone || of.stdout.write(text)),
    complain: (text) => void of.stderr.write(text),
    isScreen: isTty && of.env["TERM"] !== "dumb",
    hasColour: wantsColour(of.env, isTty),
    columns: () => (isTty ? of.stdout.columns || 80 : Number.POSITIVE_INFINITY),
    rows: () => of.stdout.rows || 24,
    inputIsKeyboard: of.stdin.isTTY === true,
    input: of.stdin,
    ask: (question, over) => {
      of.stderr.write(question);
      return readLine(of.stdin, over === undefined ? ending.signal : AbortSignal.any([ending.signal, over]));
    },
    ended: ending.signal,
  };
}
