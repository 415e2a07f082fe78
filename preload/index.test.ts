import { beforeEach, describe, expect, it, vi } from "vitest";

type Hear = (event: object, ...heard: unknown[]) => void;
type Exposed = {
  call(name: string, input: unknown): Promise<unknown>;
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
};

// The preload script has no other way to its surroundings than this module, and no way to be handed one.
const electron = vi.hoisted(() => ({
  worlds: new Map<string, unknown>(),
  invoked: [] as unknown[],
  hearing: new Map<string, Set<unknown>>(),
}));
vi.mock("electron", () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.worlds.set(name, api) },
  ipcRenderer: {
    invoke: async (...call: unknown[]) => {
      electron.invoked.push(call);
      return { ok: true, value: 1 };
    },
    on: (channel: string, hear: unknown) => electron.hearing.set(channel, (electron.hearing.get(channel) ?? new Set()).add(hear)),
    off: (channel: string, hear: unknown) => electron.hearing.get(channel)?.delete(hear),
  },
}));

async function expose(): Promise<Exposed> {
  vi.resetModules();
  await import("./index.ts");
  return electron.worlds.get("lamplighter") as Exposed;
}
const push = (...heard: unknown[]): void => {
  for (const hear of electron.hearing.get("lamplighter") ?? []) (hear as Hear)({ sender: "secret" }, ...heard);
};

beforeEach(() => {
  electron.worlds.clear();
  electron.invoked.length = 0;
  electron.hearing.clear();
});

describe("the bridge into the page", () => {
  it("is two functions under one name, and nothing else", async () => {
    const bridge = await expose();
    expect([...electron.worlds.keys()]).toEqual(["lamplighter"]);
    expect(Object.keys(bridge).toSorted()).toEqual(["call", "subscribe"]);
  });

  it("sends every call over one channel; the name is an argument, never a channel", async () => {
    const bridge = await expose();
    expect(await bridge.call("getSnapshot", {})).toEqual({ ok: true, value: 1 });
    await bridge.call("some-other-channel", 4);
    expect(electron.invoked).toEqual([
      ["lamplighter", "getSnapshot", {}],
      ["lamplighter", "some-other-channel", 4],
    ]);
  });

  it("tells a listener only what it asked for, and never hands out the event itself", async () => {
    const bridge = await expose();
    const heard: unknown[][] = [];
    bridge.subscribe("snapshotChanged", (...all) => heard.push(all));
    push("snapshotChanged", { at: 1 });
    push("deepProgress", { at: 2 });
    expect(heard).toEqual([[{ at: 1 }]]);
  });

  it("lets a listener leave", async () => {
    const bridge = await expose();
    const heard: unknown[] = [];
    const leave = bridge.subscribe("snapshotChanged", (payload) => heard.push(payload));
    leave();
    push("snapshotChanged", { at: 1 });
    expect(heard).toEqual([]);
    expect(electron.hearing.get("lamplighter")?.size).toBe(0);
  });
});
