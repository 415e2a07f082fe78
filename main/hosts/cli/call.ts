import type { App } from "../../app.ts";
import type { Stack } from "../../core/model/stack.ts";
import type { Scenario } from "../../core/model/world.ts";
import type { Terminal } from "./terminal.ts";

/** What a person asked for, after reading the command line. */
export type Wish = {
  readonly json: boolean;
  readonly stack?: string;
  readonly port?: number;
  readonly openDemoIfEmpty: boolean;
  readonly operand?: string;
  /** Which of several remedies. */
  readonly remedy?: string;
  readonly dryRun?: boolean;
  /** Absent: a person is asked. `twice` also allows what destroys something. */
  readonly yes?: "once" | "twice";
  /** What to do with an earlier repair, named by its id. */
  readonly earlier?: { readonly do: "undo" | "resume" | "leave"; readonly id: string; readonly force: boolean };
  /** Lines of the journal. */
  readonly limit?: number;
};

export type AppRequest = { readonly mode: "once" | "watch"; readonly only?: string };

/** Everything around the command line host, made only when a verb asks for it. */
export type Surroundings = {
  readonly version: string;
  stacks(): Promise<readonly Stack[]>;
  openApp(request: AppRequest): Promise<App>;
  openDemoApp(scenario: Scenario): Promise<App>;
  /** Folder for what belongs to one run: where a server is and with which token. */
  runDir(): string;
  /** True when the person sits at another machine, behind SSH. */
  readonly isRemote: boolean;
};

/** One use of the command line. */
export type Call = { readonly wish: Wish; readonly terminal: Terminal; readonly surroundings: Surroundings };

/** Answers a call on the terminal; resolves to the exit code. */
export type Verb = (call: Call) => Promise<number>;

/** An expected reason not to do what was asked; its text is for the person. */
export class Unable extends Error {
  override readonly name = "Unable";
}
