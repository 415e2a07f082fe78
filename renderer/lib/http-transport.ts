import type { Reply } from "../../main/core/contract/define.ts";
import { type Connection, type Link, readEnvelope, refused } from "./client.ts";

type Stream = {
  readonly readyState: number;
  addEventListener(name: string, listener: (event: Event) => void): void;
  close(): void;
};
export type HttpOutside = {
  fetch(url: string, init: RequestInit): Promise<Response>;
  openStream(url: string): Stream;
  later(run: () => void, afterMs: number): void;
};

const CLOSED = 2;
const REOPEN_MS = 3_000;
/** Deep checks start slow foreign programs; everything else answers from memory or one round of probes. */
const patienceMs = (name: string): number => (name === "runDeep" ? 900_000 : 30_000);

/** Speaks to the HTTP host this page came from: one POST per call, one event stream for all events, the session in a cookie. */
export function httpTransport(outside: HttpOutside): Link {
  const watchers = new Set<(connection: Connection) => void>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let connection: Connection = "connecting";
  let stream: Stream | undefined;

  const tell = (next: Connection): void => {
    // Once the session is over nothing brings it back; a late answer must not hide that.
    if (connection === "ended" || connection === next) return;
    connection = next;
    for (const watcher of watchers) watcher(next);
  };

  const call = async (name: string, input: unknown): Promise<Reply> => {
    try {
      const answer = await outside.fetch(`rpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        credentials: "same-origin",
        body: JSON.stringify(input ?? {}),
        signal: AbortSignal.timeout(patienceMs(name)),
      });
      if (answer.status === 401) {
        tell("ended");
        stream?.close();
        return refused("transport", "the session of this page has ended");
      }
      return readEnvelope(await answer.json());
    } catch (error) {
      return refused("transport", String(error));
    }
  };

  const attach = (to: Stream, name: string): void =>
    to.addEventListener(name, (event) => {
      const payload: unknown = "data" in event && typeof event.data === "string" ? JSON.parse(event.data) : undefined;
      for (const listener of listeners.get(name) ?? []) listener(payload);
    });

  const open = (): void => {
    const fresh = outside.openStream("events");
    stream = fresh;
    fresh.addEventListener("open", () => tell("live"));
    fresh.addEventListener("error", () => {
      tell("lost");
      if (fresh.readyState !== CLOSED || connection === "ended") return;
      // A browser gives up on a refused stream without saying why; one call tells an ended session from a restart.
      outside.later(() => {
        void call("getSnapshot", {}).then(() => {
          if (connection !== "ended") open();
        });
      }, REOPEN_MS);
    });
    for (const name of listeners.keys()) attach(fresh, name);
  };

  return {
    call,
    subscribe: (name, listener) => {
      const known = listeners.get(name);
      const set = known ?? new Set();
      set.add(listener);
      listeners.set(name, set);
      if (stream === undefined) open();
      else if (known === undefined) attach(stream, name);
      return () => void set.delete(listener);
    },
    onConnection: (watcher) => {
      watchers.add(watcher);
      watcher(connection);
      return () => void watchers.delete(watcher);
    },
  };
}
