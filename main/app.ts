import { listeningClock } from "./adapters/clock/listening-clock.ts";
import type { EventName, Handlers, Payload } from "./core/contract/define.ts";
import { CallFailed } from "./core/contract/errors.ts";
import type { AppContract, DeepRun } from "./core/contract/index.ts";
import { explain } from "./core/engine/explain.ts";
import { createRedactor } from "./core/engine/redact.ts";
import { describeForCopy } from "./core/engine/report.ts";
import { overall } from "./core/engine/sentence.ts";
import { symptomRows } from "./core/engine/symptoms.ts";
import type { Verdict } from "./core/model/observation.ts";
import { SCHEMA_VERSION, type Snapshot } from "./core/model/snapshot.ts";
import type { Stack } from "./core/model/stack.ts";
import type { AppPorts } from "./core/ports/index.ts";
import type { SettingsProblem } from "./core/ports/settings.ts";
import { createListeners } from "./listeners.ts";
import { tellMisplaced } from "./misplaced-settings.ts";
import { over } from "./over.ts";
import { lateFactor, tooBusy } from "./prober.ts";
import { LateRepairs } from "./repair/late-repairs.ts";
import { repairHandlers } from "./repair/repair-handlers.ts";
import type { Site } from "./repair/site.ts";
import { siteOf } from "./repair/stack-site.ts";
import { StackWatch } from "./stack-watch.ts";
import { runLoop } from "./watch-loop.ts";

/** What a front gets: typed handlers, events, and a life cycle. */
export type App = {
  readonly handlers: Handlers<AppContract>;
  /** Removes every learned secret and every secret-looking text from a value; applied to all that leaves the process. */
  readonly clean: <T>(value: T) => T;
  on<K extends EventName<AppContract>>(name: K, listener: (payload: Payload<AppContract[K]>) => void): () => void;
  /**
   * Locates the stacks and starts watching; resolves once every check has answered once, or `settleMs` (default 2000) passed. In a
   * single look, every check is given up soon enough for that.
   */
  start(options?: { readonly settleMs?: number }): Promise<void>;
  /** The machine woke up: answers under way are not about now, and everything is looked at again. */
  resumed(): void;
  /** Ends every probe; resolves when nothing runs any more. */
  stop(): Promise<void>;
};

export type AppOptions = {
  readonly ports: AppPorts;
  readonly stacks: readonly Stack[];
  /** `once`: probe everything a single time, treat each failure as confirmed. `watch`: keep going. */
  readonly mode: "once" | "watch";
  /** Only this stack, by id. */
  readonly only?: string;
  /** Name of the demo scenario, shown in every snapshot. */
  readonly demo?: string;
};

const settingsNote = ({ path, line, message }: SettingsProblem): string => `${path}${line === undefined ? "" : `:${line}`}: ${message}`;

/** What a slow look ends with: its line, and what it wants to have kept. */
const fullText = (verdict: Verdict | undefined): string =>
  [verdict?.summary, verdict?.report].filter((part) => part !== undefined && part !== "").join("\n\n");

/** Results that arrive within this time are told together, milliseconds. */
const gatherMs = 40;
/** What is left of the patience of who asked when the last check is given up, so that its reason can still be told. Milliseconds. */
const tellMs = 150;

/** Wires the stacks to the ports. No I/O of its own; every time and effect goes through `ports`. */
export function createApp(options: AppOptions): App {
  const { ports, mode } = options;
  const redactor = createRedactor();
  const listeners = createListeners((payload) => redactor.deep(payload));
  const stop = new AbortController();
  let wake: (() => void) | undefined;
  let telling = false;
  /** The single look under way: over when everything has answered, or when who asked has waited long enough. */
  let look: Promise<unknown> | undefined;
  let spoilt: string | undefined;

  const changed = (): void => {
    if (telling || stop.signal.aborted) return;
    telling = true;
    void ports.clock.sleep(gatherMs, stop.signal).then(() => {
      telling = false;
      if (!stop.signal.aborted) listeners.emit("snapshotChanged", snapshot);
    });
  };

  const deep = new Map<string, DeepRun & { startedMs: number }>();
  const tellDeep = (key: string, change: Partial<DeepRun>): void => {
    const before = deep.get(key);
    if (before === undefined) return;
    const now = { ...before, ...change, elapsedMs: Math.round(ports.clock.monotonicMs() - before.startedMs) };
    deep.set(key, now);
    listeners.emit("deepProgress", () => now);
  };

  const sites = new Map<string, Site>();
  const repairs = new LateRepairs({
    ports,
    watching: mode === "watch",
    sites: () => [...sites.values()],
    clean: (value) => redactor.deep(value),
    tell: (run) => listeners.emit("repairProgress", () => run),
  });

  const looked = (id: string): void => {
    const site = sites.get(id);
    if (site !== undefined) repairs.looked(site);
  };

  const stoppedUnits = (but: string): readonly string[] =>
    [...sites.keys()].flatMap((id) => (id === but ? [] : (watches.find((w) => w.stack.id === id)?.stoppedUnits ?? [])));

  const watches: readonly StackWatch[] = options.stacks
    .filter((stack) => options.only === undefined || stack.id === options.only)
    .map(
      (stack) =>
        new StackWatch({
          stack,
          ports,
          once: mode === "once",
          learnSecret: (value, kind) => redactor.learn(value, kind),
          clean: (text) => redactor.text(text),
          changed,
          woken: () => wake?.(),
          progress: (check, text) => tellDeep(`${stack.id}/${check}`, { text }),
          looked: () => looked(stack.id),
          stoppedUnits: () => stoppedUnits(stack.id),
        }),
    );
  for (const watch of watches)
    sites.set(
      watch.stack.id,
      siteOf(watch, () => ports.clock.nowMs()),
    );
  const watchOf = (id: string): StackWatch => {
    const found = watches.find((w) => w.stack.id === id);
    if (found === undefined) throw new CallFailed("not-found", `There is no stack called ${id}.`);
    return found;
  };

  const snapshot = (): Snapshot => {
    const stacks = watches.map((w) => w.snapshot);
    const settling = watches.some((w) => !w.settled);
    const whole = overall(stacks);
    return {
      schemaVersion: SCHEMA_VERSION,
      light: whole.light,
      sentence: settling && whole.light === "grey" ? (spoilt ?? "Looking at your stacks…") : whole.sentence,
      at: ports.clock.nowMs(),
      settling,
      ...(options.demo === undefined ? {} : { demo: options.demo }),
      stacks,
      notes: [...ports.settings.problems().map(settingsNote), ...watches.flatMap((w) => w.note ?? [])],
    };
  };

  const handlers: Handlers<AppContract> = {
    ...repairHandlers(repairs),
    getSnapshot: async () => {
      await look;
      for (const watch of watches) watch.look();
      return snapshot();
    },
    probeNow: async ({ stack }) => {
      const chosen = stack === undefined ? watches : [watchOf(stack)];
      await Promise.all(
        chosen.map(async (watch) => {
          await watch.locate();
          await watch.runs.probeAll();
        }),
      );
      return snapshot();
    },
    explain: async ({ text, stack }) => {
      if (stack !== undefined) watchOf(stack);
      return { schemaVersion: SCHEMA_VERSION, matches: [...explain(text, options.stacks, stack)] };
    },
    listSymptoms: async () => ({ schemaVersion: SCHEMA_VERSION, symptoms: symptomRows(options.stacks) }),
    describeForCopy: async ({ stack, code }) => ({
      text: describeForCopy(snapshot(), { ...(stack === undefined ? {} : { stack }), ...(code === undefined ? {} : { code }) }),
    }),
    listDemos: async () => options.stacks.flatMap((s) => (s.demos ?? []).map(({ id, title }) => ({ id, title }))),
    setAttention: async ({ visible }) => {
      for (const watch of watches) watch.runs.setVisible(visible);
      wake?.();
      return {};
    },
    runDeep: async ({ stack, check }) => {
      const watch = watchOf(stack);
      const key = `${stack}/${check}`;
      if (deep.get(key)?.state === "running") throw new CallFailed("busy", "That check is running already.");
      const begun = { stack, check, state: "running" as const, text: "Started", elapsedMs: 0 };
      deep.set(key, { ...begun, startedMs: ports.clock.monotonicMs() });
      listeners.emit("deepProgress", () => begun);
      const ended = await watch.runs.runDeep(check);
      if (typeof ended === "string") {
        deep.delete(key);
        throw new CallFailed(
          ended === "busy" ? "busy" : "not-found",
          ended === "busy" ? "That check is running already." : "There is no such slow check.",
        );
      }
      const { trouble, last } = ended;
      tellDeep(key, {
        state: trouble === undefined ? "done" : trouble.reason === "Cancelled" ? "cancelled" : "failed",
        text: trouble?.reason ?? fullText(last?.verdict),
      });
      const { startedMs: _started, ...told } = deep.get(key) ?? { ...begun, startedMs: 0 };
      return told;
    },
    cancelDeep: async ({ stack, check }) => {
      watchOf(stack).runs.cancelDeep(check);
      return {};
    },
    openDemo: async () => {
      throw new CallFailed("not-here", "This front cannot open a demo. Run: lamplighter demo");
    },
  };

  /** Whether a person had stopped it; not to know that is no reason not to look. */
  const recall = async ({ stack }: StackWatch): Promise<void> => {
    const site = sites.get(stack.id);
    if (site !== undefined) await repairs.recall(site).catch(() => {});
  };

  const lookOnce = async (settleMs: number): Promise<void> => {
    const { clock } = ports;
    const listening = listeningClock(clock);
    const endMs = listening.monotonicMs() + settleMs;
    const lateBeforeMs = listening.lateMs();
    const enough = new AbortController();
    const ended = AbortSignal.any([enough.signal, stop.signal]);
    // Each for itself: a stack that is hard to find must not hold up the others.
    const each = async (watch: StackWatch): Promise<void> => {
      await Promise.all([recall(watch), watch.locate()]);
      await watch.runs.probeAll(endMs - listening.monotonicMs() - tellMs);
    };
    const patience = Promise.race([listening.sleep(settleMs, ended), clock.sleep(settleMs * lateFactor, ended)]).then(() => {
      spoilt = tooBusy(settleMs, listening.lateMs() - lateBeforeMs);
    });
    const looked = Promise.all(watches.map(each)).then(() => enough.abort(over));
    look = Promise.race([looked, patience]);
    await looked;
  };

  const start = async (startOptions: { readonly settleMs?: number } = {}): Promise<void> => {
    const { clock } = ports;
    const { settleMs = 2_000 } = startOptions;
    const checkSettings = () =>
      tellMisplaced(
        ports.settings,
        options.stacks.map(({ id }) => id),
      );
    checkSettings();
    if (mode === "once") return lookOnce(settleMs);
    void repairs.tidy();
    for (const watch of watches) void Promise.all([recall(watch), watch.locate()]).then(() => wake?.());
    ports.settings.onChange(() => {
      checkSettings();
      for (const watch of watches) watch.nudge(["*"]);
    });
    const settled = new Promise<void>((resolve) => {
      listeners.internal(() => {
        if (watches.every((w) => w.settled)) resolve();
      });
    });
    void runLoop({
      clock,
      signal: stop.signal,
      watches,
      onWake: (wakeUp) => {
        wake = wakeUp;
      },
    });
    await Promise.race([settled, clock.sleep(settleMs, stop.signal)]);
  };

  return {
    handlers,
    clean: (value) => redactor.deep(value),
    on: listeners.on,
    start,
    resumed: () => {
      for (const watch of watches) {
        watch.runs.discardRound();
        watch.nudge(["*"]);
      }
    },
    stop: async () => {
      stop.abort(over);
      await repairs.stop();
      await Promise.all(watches.map((watch) => watch.stop()));
    },
  };
}
