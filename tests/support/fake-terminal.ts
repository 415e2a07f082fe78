import type { Stack } from "../../main/core/model/stack.ts";
import type { Surroundings } from "../../main/hosts/cli/call.ts";
import type { Terminal } from "../../main/hosts/cli/terminal.ts";
import { type FakeApp, fakeApp } from "./fake-app.ts";

export type FakeTerminal = Terminal & {
  readonly out: () => string;
  readonly errors: () => string;
  /** Presses Ctrl-C. */
  end(): void;
};

export type FakeTerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly isScreen?: boolean;
  readonly hasColour?: boolean;
  readonly input?: string | Uint8Array;
  readonly inputIsKeyboard?: boolean;
  /** What the person types, one line per question; after the last one the keyboard is gone. */
  readonly typed?: readonly string[];
};

/** A terminal that keeps what was written. By default a pipe: no screen, no colour, lines of any length. */
export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  let out = "";
  let errors = "";
  const ending = new AbortController();
  const { input = "" } = options;
  const typed = [...(options.typed ?? [])];
  return {
    write: (text) => {
      out += text;
    },
    complain: (text) => {
      errors += text;
    },
    isScreen: options.isScreen ?? false,
    hasColour: options.hasColour ?? false,
    columns: () => options.columns ?? Number.POSITIVE_INFINITY,
    rows: () => options.rows ?? 24,
    inputIsKeyboard: options.inputIsKeyboard ?? options.typed !== undefined,
    ask: async (question) => {
      errors += question;
      return typed.shift() ?? null;
    },
    input: (async function* () {
      yield typeof input === "string" ? new TextEncoder().encode(input) : input;
    })(),
    ended: ending.signal,
    out: () => out,
    errors: () => errors,
    end: () => ending.abort(),
  };
}

/** A stack that is only known by name. */
export const aStackDefinition = (id: string, over: Partial<Stack> = {}): Pick<Stack, "id" | "title" | "demos"> & Stack => ({
  id,
  title: id,
  mark: id.slice(0, 2),
  looksFor: [`~/.${id}`],
  settings: { parse: (raw: unknown) => raw } as Stack["settings"],
  findings: [],
  signatures: [],
  locate: async () => null,
  ...over,
});

/** Surroundings whose apps are doubles; `app` is what `openApp` gives. */
export function fakeSurroundings(over: Partial<Surroundings> & { readonly app?: FakeApp } = {}): Surroundings {
  const { app = fakeApp(), ...rest } = over;
  return {
    version: "9.9.9",
    stacks: async () => [aStackDefinition("acme"), aStackDefinition("bravo")],
    openApp: async () => app,
    openDemoApp: async () => fakeApp(),
    runDir: () => "/nonexistent/lamplighter/run",
    isRemote: false,
    ...rest,
  };
}

/** Waits until something holds; fails after two seconds (or `ms`) with what was expected. */
export async function eventually(holds: () => boolean, what: string, ms = 2_000): Promise<void> {
  for (let i = 0; i < ms / 10; i += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never: ${what}`);
}
