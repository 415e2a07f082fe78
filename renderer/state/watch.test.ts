import { describe, expect, it } from "vitest";
import { deepRun, green, NIGHT, red } from "../../tests/support/snapshots.ts";
import { createStandInCore } from "../../tests/support/stand-in-core.ts";
import { type Connection, createClient, type Link } from "../lib/client.ts";
import { createActs } from "./acts.ts";
import { reduce } from "./reduce.ts";
import { initialState } from "./state.ts";
import { createStore } from "./store.ts";
import { watch } from "./watch.ts";

/** A page on a line that is cut, healed and ended by hand, with a hand-driven clock. */
function page() {
  const core = createStandInCore(green);
  const events = new Map<string, (payload: unknown) => void>();
  const later: { run: () => void; at: number }[] = [];
  const repeating: { run: () => void; ms: number; next: number }[] = [];
  let now = 0;
  let visible = true;
  let tellVisibility = (): void => undefined;
  let tellConnection = (_: Connection): void => undefined;
  const link: Link = {
    call: core.dispatch,
    subscribe: (name, listener) => {
      events.set(name, listener);
      return () => undefined;
    },
    onConnection: (listener) => {
      tellConnection = listener;
      return () => undefined;
    },
  };
  const store = createStore(reduce, initialState);
  const client = createClient(link);
  const acts = createActs({ client, store, now: () => now, copy: async () => true });
  watch({
    client,
    link,
    store,
    acts,
    now: () => now,
    every: (ms, run) => void repeating.push({ run, ms, next: ms }),
    later: (run, ms) => void later.push({ run, at: now + ms }),
    isVisible: () => visible,
    onVisibility: (listener) => {
      tellVisibility = listener;
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    core,
    store,
    connect: async (connection: Connection) => {
      tellConnection(connection);
      await settle();
    },
    tell: (name: string, payload: unknown) => events.get(name)?.(payload),
    pass: async (ms: number) => {
      now += ms;
      for (const one of later.splice(0)) {
        if (one.at <= now) one.run();
        else later.push(one);
      }
      for (const one of repeating)
        if (one.next <= now) {
          one.next = now + one.ms;
          one.run();
        }
      await settle();
    },
    see: async (next: boolean) => {
      visible = next;
      tellVisibility();
      await settle();
    },
  };
}

/** How often the page asked for a snapshot beyond its very first question. */
const askedAgain = (asked: readonly string[]): number => asked.filter((call) => call.startsWith("getSnapshot")).length - 1;

describe("keeping in step", () => {
  it("asks at once, without waiting for the line to be up", async () => {
    const { core, store } = page();
    await new Promise((resolve) => setTimeout(resolve));
    expect(askedAgain(core.asked)).toBe(0);
    expect(store.state().snapshot?.light).toBe("green");
  });

  it("asks for a snapshot once the line is up, and again after every break", async () => {
    const { core, store, connect } = page();
    await connect("live");
    expect(store.state().snapshot?.light).toBe("green");
    await connect("lost");
    await connect("live");
    expect(askedAgain(core.asked)).toBe(2);
  });

  it("takes what is pushed", async () => {
    const { store, tell } = page();
    tell("snapshotChanged", red);
    tell("deepProgress", deepRun);
    expect(store.state().snapshot?.light).toBe("red");
    expect(store.state().deep["openclaw doctor"]).toEqual(deepRun);
  });
});

describe("a broken line", () => {
  it("is worth no word when it heals at once", async () => {
    const { store, connect, pass } = page();
    await connect("live");
    await connect("lost");
    await pass(1_000);
    expect(store.state().connection).toBe("live");
    await connect("live");
    await pass(10_000);
    expect(store.state().connection).toBe("live");
  });

  it("is told when it stays broken", async () => {
    const { store, connect, pass } = page();
    await connect("live");
    await connect("lost");
    await pass(5_000);
    expect(store.state().connection).toBe("lost");
    await connect("live");
    expect(store.state().connection).toBe("live");
  });

  it("is told at once when it never was up", async () => {
    const { store, connect } = page();
    await connect("lost");
    expect(store.state().connection).toBe("lost");
  });

  it("is not repaired by asking once the session has ended", async () => {
    const { core, store, connect, pass } = page();
    await connect("live");
    await connect("ended");
    await pass(60_000);
    expect(store.state().connection).toBe("ended");
    expect(askedAgain(core.asked)).toBe(1);
  });
});

describe("silence", () => {
  it("is not taken for calm: the page asks after 20 s without news", async () => {
    const { core, connect, pass } = page();
    await connect("live");
    await pass(21_000);
    expect(askedAgain(core.asked)).toBe(2);
  });

  it("ends in a grey lamp when nobody answers, though the line looks fine", async () => {
    const { core, store, connect, pass } = page();
    await connect("live");
    core.refuse("getSnapshot");
    await pass(21_000);
    expect(store.state().connection).toBe("lost");
  });

  it("is not broken while news comes", async () => {
    const { core, connect, pass, tell } = page();
    await connect("live");
    await pass(15_000);
    tell("snapshotChanged", { ...green, at: NIGHT + 15_000 });
    await pass(6_000);
    expect(askedAgain(core.asked)).toBe(1);
  });

  it("does not matter on a page that nobody sees", async () => {
    const { core, connect, pass, see } = page();
    await connect("live");
    await see(false);
    await pass(60_000);
    expect(askedAgain(core.asked)).toBe(1);
  });
});

describe("attention", () => {
  it("is told at the start and whenever the page is shown or hidden", async () => {
    const { core, see } = page();
    await see(false);
    await see(true);
    expect(core.asked.filter((call) => call.startsWith("setAttention"))).toEqual([
      'setAttention {"visible":true}',
      'setAttention {"visible":false}',
      'setAttention {"visible":true}',
    ]);
  });

  it("comes with a fresh snapshot when the page is seen again", async () => {
    const { core, see } = page();
    await see(false);
    await see(true);
    expect(askedAgain(core.asked)).toBe(1);
  });
});
