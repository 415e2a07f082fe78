import type { ServiceAction } from "../model/plan.ts";

export type ServiceActed =
  /** The manager did it and a later reading shows it. `pid` of the running process where one was wanted. */
  | { readonly kind: "done"; readonly detail: string; readonly pid?: number }
  /** Nothing had to be done. */
  | { readonly kind: "already"; readonly detail: string }
  /** `meaning` says in words what the manager's code or text means; `next` what a person can do about it. */
  | { readonly kind: "failed"; readonly meaning: string; readonly next: string; readonly exitCode?: number }
  | { readonly kind: "cancelled" | "timed-out"; readonly detail: string };

export type ServiceActing = {
  readonly signal?: AbortSignal;
  /** One short line per step taken. */
  readonly progress?: (text: string) => void;
};

/** Acting side of launchd or systemd. Each action is a whole recipe with its waits; it never uses a shell or another account's rights. */
export interface ServiceControl {
  /** The exact argument lists `act` will run, in order, for showing. Those that only read are left out. */
  commands(action: ServiceAction, label: string): Promise<readonly (readonly string[])[]>;
  act(action: ServiceAction, label: string, options?: ServiceActing): Promise<ServiceActed>;
  /** The last lines a unit wrote to the manager's journal, oldest first; empty when there is no journal. */
  lastLines(label: string, lines: number): Promise<readonly string[]>;
}
