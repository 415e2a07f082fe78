import type { EventName, Handlers, Payload } from "./core/contract/define.ts";
import type { AppContract } from "./core/contract/index.ts";
import type { Stack } from "./core/model/stack.ts";
import type { Ports } from "./core/ports/index.ts";

/** What a front gets: typed handlers, events, and a life cycle. */
export type App = {
  readonly handlers: Handlers<AppContract>;
  /** Removes every learned secret and every secret-looking text from a value; applied to all that leaves the process. */
  readonly clean: <T>(value: T) => T;
  on<K extends EventName<AppContract>>(name: K, listener: (payload: Payload<AppContract[K]>) => void): () => void;
  /** Locates the stacks and starts watching; resolves once the first snapshot is complete or `settleMs` passed. */
  start(options?: { readonly settleMs?: number }): Promise<void>;
  /** Ends every probe; resolves when nothing runs any more. */
  stop(): Promise<void>;
};

export type AppOptions = {
  readonly ports: Ports;
  readonly stacks: readonly Stack[];
  /** `once`: probe everything a single time, treat each failure as confirmed. `watch`: keep going. */
  readonly mode: "once" | "watch";
  /** Only this stack, by id. */
  readonly only?: string;
  readonly demo?: string;
};
