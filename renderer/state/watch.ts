import type { AppClient, Link } from "../lib/client.ts";
import type { Acts } from "./acts.ts";
import type { Action, State } from "./state.ts";
import type { Store } from "./store.ts";

export type WatchOutside = {
  readonly client: AppClient;
  readonly link: Link;
  readonly store: Store<State, Action>;
  readonly acts: Acts;
  now(): number;
  every(ms: number, run: () => void): void;
  later(run: () => void, afterMs: number): void;
  isVisible(): boolean;
  onVisibility(listener: () => void): void;
};

/** A broken line that heals within this time is not worth a word. Milliseconds. */
const PATIENCE_MS = 4_000;
/** A page that heard nothing for this long asks, so that silence is never mistaken for calm. Milliseconds. */
const SILENCE_MS = 20_000;

/** A repair under way is asked after this often, should a word about it be lost. Milliseconds. */
const RUNNING_MS = 5_000;

/** Keeps the store in step with the core for as long as the page lives. */
export function watch({ client, link, store, acts, now, every, later, isVisible, onVisibility }: WatchOutside): void {
  let line = store.state().connection;
  let heardAt = now();

  const catchUp = (): Promise<unknown> => Promise.all([acts.load(), acts.loadRepairs()]);

  link.onConnection((connection) => {
    const before = line;
    line = connection;
    if (connection === "lost" && before === "live") {
      later(() => {
        if (line === "lost") store.send({ type: "connected", connection: "lost" });
      }, PATIENCE_MS);
      return;
    }
    store.send({ type: "connected", connection });
    // Whatever changed while the line was down was not told; ask once.
    if (connection === "live") void catchUp();
  });

  // The first snapshot does not wait for the stream to open.
  if (line !== "live") void catchUp();

  client.on("snapshotChanged", (snapshot) => {
    heardAt = now();
    store.send({ type: "snapshot", snapshot, receivedAt: heardAt });
  });
  client.on("repairProgress", (run) => {
    store.send({ type: "run", run });
    // What a person wants of a stack, and which repairs are past, is only told when asked for.
    if (run.state === "ended") void acts.loadRepairs();
  });
  client.on("deepProgress", (run) => store.send({ type: "deep", run }));

  every(RUNNING_MS, () => {
    if (isVisible() && store.state().connection === "live" && store.state().repairs.running.length > 0) void acts.loadRepairs();
  });

  every(SILENCE_MS, () => {
    if (!isVisible() || store.state().connection === "ended" || now() - heardAt < SILENCE_MS) return;
    void acts.load().then((answered) => {
      if (answered) heardAt = now();
      const connection = answered ? "live" : "lost";
      if (store.state().connection !== connection && line !== "ended") store.send({ type: "connected", connection });
    });
  });

  onVisibility(() => {
    void acts.setAttention(isVisible());
    if (isVisible()) void catchUp();
  });
  void acts.setAttention(isVisible());
}
