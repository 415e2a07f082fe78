import { describe, expect, it } from "vitest";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import { fakeStateStore } from "../adapters/state-store/fake.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";
import { UnitBook } from "./unit-book.ts";

const up = (sinceMs: number, pid = 7): ServiceReading => ({ kind: "loaded", state: "running", rawState: "active", pid, sinceMs });
const down: ServiceReading = { kind: "loaded", state: "failed", rawState: "failed", lastEnd: { exitCode: 1 } };

function machine() {
  const clock = manualClock();
  const kept = new Map<string, string>();
  let writes = 0;
  const memory = fakeStateStore(kept);
  const state = {
    ...memory,
    write: (key: string, value: unknown) => {
      writes += 1;
      return memory.write(key, value);
    },
  };
  return { clock, kept, state, writes: () => writes, open: () => new UnitBook("pigeon", { clock, state }) };
}

describe("the book of a service unit", () => {
  it("goes on where the last process left it", async () => {
    const { clock, open } = machine();
    const first = open();
    await first.see({ reading: down, works: false });
    await clock.advance(10_000);
    await first.see({ reading: up(clock.nowMs()), works: false });
    await clock.advance(8_000);
    await first.see({ reading: up(clock.nowMs() - 8_000), works: true });
    await first.close();
    await clock.advance(5_000);
    const { life } = await open().see({ reading: up(clock.nowMs() - 13_000), works: true });
    expect(life).toMatchObject({ state: "running", run: { booted: true } });
    expect(life.bootsMs.length).toBe(1);
    expect(life.starts.length).toBe(1);
  });

  it("writes what matters at once, and what does not now and then", async () => {
    const { clock, open, writes } = machine();
    const book = open();
    await book.see({ reading: down, works: false });
    const before = writes();
    for (let n = 0; n < 10; n += 1) {
      await clock.advance(1_000);
      await book.see({ reading: down, works: false });
    }
    expect(writes()).toBe(before);
    await book.see({ reading: up(clock.nowMs()), works: false });
    expect(writes()).toBe(before + 1);
    await clock.advance(20_000);
    await book.see({ reading: up(clock.nowMs() - 20_000), works: false });
    expect(writes()).toBe(before + 2);
  });

  it("knows of a restart that another process did, as ours", async () => {
    const { clock, open } = machine();
    const [watcher, other] = [open(), open()];
    await watcher.see({ reading: down, works: false });
    await other.see({ reading: down, works: false });
    await other.restarted(clock.nowMs());
    await clock.advance(6_000);
    const { life, memory } = await watcher.see({ reading: up(clock.nowMs() - 5_500), works: false });
    expect(memory.restarts.length).toBe(1);
    expect(life.starts.map(({ by }) => by)).toEqual(["us"]);
  });

  it("forgets no restart of another process when it adds its own", async () => {
    const { clock, open } = machine();
    const [one, two] = [open(), open()];
    await one.see({ reading: down });
    await two.see({ reading: down });
    await one.restarted(clock.nowMs());
    await two.restarted(clock.nowMs() + 1);
    await one.verified({ ok: false, code: "a.b.c" });
    const { memory } = await open().see({ reading: down });
    expect([memory.restarts.length, memory.failures]).toEqual([2, 1]);
  });

  it("looks on when the disk is full, but says so when a restart cannot be written down", async () => {
    const { clock } = machine();
    const book = new UnitBook("pigeon", {
      clock,
      state: { read: async () => "nonsense", write: () => Promise.reject(new Error("full")), remove: async () => {} },
    });
    expect((await book.see({ reading: down })).life.state).toBe("failed");
    await expect(book.restarted(clock.nowMs())).rejects.toThrow("full");
  });
});
