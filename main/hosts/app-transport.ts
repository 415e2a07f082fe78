import type { App } from "../app.ts";
import { createDispatcher, type Entry, type Handlers, type Transport } from "../core/contract/define.ts";
import { type AppContract, contract } from "../core/contract/index.ts";

/** Calls that a host answers itself, because only it can: a second server, a window. */
export type HostCalls = Partial<Handlers<AppContract>>;

/** Names of everything the contract pushes. */
export const eventNames = Object.keys(contract).filter((name) => contract[name as keyof AppContract].kind === "event");

/**
 * The one way from a host to the app. Calls pass the dispatcher; events are validated, stripped to their schema and cleaned here,
 * so that no host can forget it.
 */
export function appTransport(app: App, own: HostCalls = {}): Transport {
  const dispatch = createDispatcher(contract, { ...app.handlers, ...own }, app.clean);
  return {
    call: dispatch,
    subscribe(name, listener) {
      const entry: Entry | undefined = Object.hasOwn(contract, name) ? contract[name as keyof AppContract] : undefined;
      if (entry?.kind !== "event") throw new TypeError(`${name} is not an event of the contract`);
      return app.on(name as "snapshotChanged", (payload) => {
        const parsed = entry.payload.safeParse(payload);
        if (parsed.success) listener(app.clean(parsed.data));
      });
    },
  };
}
