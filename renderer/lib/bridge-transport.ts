import type { Reply } from "../../main/core/contract/define.ts";
import { type Link, readEnvelope, refused } from "./client.ts";

/** What the preload script puts on `window.lamplighter`. */
export type Bridge = {
  call(name: string, input: unknown): Promise<unknown>;
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
};

/** The bridge of a desktop window, when this page runs in one. */
export function findBridge(scope: object): Bridge | undefined {
  const found: unknown = "lamplighter" in scope ? scope.lamplighter : undefined;
  return typeof found === "object" && found !== null && "call" in found && "subscribe" in found ? (found as Bridge) : undefined;
}

/** Speaks to a core in the same program; there is no network to lose, so it is live from the start. */
export function bridgeTransport(bridge: Bridge): Link {
  return {
    call: async (name, input): Promise<Reply> => {
      try {
        return readEnvelope(await bridge.call(name, input));
      } catch (error) {
        return refused("transport", String(error));
      }
    },
    subscribe: (name, listener) => bridge.subscribe(name, listener),
    onConnection: (listener) => {
      listener("live");
      return () => undefined;
    },
  };
}
