import type { ServerResponse } from "node:http";
import type { Transport } from "../../core/contract/define.ts";
import { eventNames } from "../app-transport.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";

/** Most pages that may listen at once. */
export const MOST_STREAMS = 16;
const BEAT_MS = 15_000;

/** All listening pages of one server. An event is turned into text once, however many listen. */
export type EventHub = {
  readonly isFull: () => boolean;
  /** Starts a stream: the present snapshot first, then every change. */
  add(response: ServerResponse): Promise<void>;
  close(): void;
};

/** `deserted` is called when the last page went away, because a closed page cannot say so itself. */
export function createEventHub(transport: Transport, deserted: () => void): EventHub {
  const streams = new Set<EventStream>();
  let stopListening: readonly (() => void)[] = [];
  let beats: NodeJS.Timeout | undefined;

  const publish = (name: string, payload: unknown): void => {
    const data = JSON.stringify(payload);
    for (const stream of streams) stream.send(name, data, name === "snapshotChanged");
  };
  const start = (): void => {
    stopListening = eventNames.map((name) => transport.subscribe(name, (payload) => publish(name, payload)));
    beats = setInterval(() => {
      for (const stream of streams) stream.beat();
    }, BEAT_MS).unref();
  };
  const stop = (): void => {
    for (const end of stopListening) end();
    stopListening = [];
    clearInterval(beats);
  };

  return {
    isFull: () => streams.size >= MOST_STREAMS,
    async add(response) {
      const stream = openEventStream(response);
      const early: (() => void)[] = [];
      // What happens while the snapshot is fetched must come after it, or the page would fall back to an older state.
      const listener: EventStream = { ...stream, send: (...event) => void early.push(() => stream.send(...event)) };
      if (streams.size === 0) start();
      streams.add(listener);
      response.on("close", () => {
        streams.delete(listener);
        streams.delete(stream);
        if (streams.size > 0) return;
        stop();
        deserted();
      });
      const reply = await transport.call("getSnapshot", {});
      if (reply.ok) stream.send("snapshotChanged", JSON.stringify(reply.value), true);
      for (const send of early) send();
      if (streams.delete(listener)) streams.add(stream);
    },
    close() {
      stop();
      for (const stream of streams) stream.end();
    },
  };
}
