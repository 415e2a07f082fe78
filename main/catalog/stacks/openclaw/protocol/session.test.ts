import { describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../../../../adapters/clock/manual-clock.ts";
import type { Conversation, Heard } from "../../../probes/websocket/conversation.ts";
import { openSession } from "./session.ts";

/** A conversation whose other side is this test. */
function staged() {
  const sent: { id: string; method: string }[] = [];
  const waiting: ((heard: Heard) => void)[] = [];
  const queue: Heard[] = [];
  const say = (heard: Heard): void => {
    const next = waiting.shift();
    if (next === undefined) queue.push(heard);
    else next(heard);
  };
  const conversation: Conversation = {
    send: (value) => void sent.push(value as { id: string; method: string }),
    nextJson: () =>
      new Promise((resolve) => {
        const ready = queue.shift();
        if (ready === undefined) waiting.push(resolve);
        else resolve(ready);
      }),
    until: () => Promise.reject(new Error("not used")),
    ping: async () => 2,
    close: () => say({ kind: "closed", close: { code: 1000, reason: "" } }),
  };
  const json = (value: unknown): void => say({ kind: "json", value });
  return { conversation, sent, json, say };
}
const start = (clock: ManualClock = manualClock()) => {
  const stage = staged();
  return { ...stage, clock, session: openSession(stage.conversation, { version: "2026.9.6" }, clock) };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a session", () => {
  it("brings the answer to the call it belongs to, with the time it took", async () => {
    const { session, sent, json, clock } = start();
    const call = session.call("node.list", 1_000);
    await clock.advance(40);
    json({ type: "res", id: "someone-else", ok: true, payload: 1 });
    json({ type: "res", id: sent[0]?.id, ok: true, payload: { ok: true } });
    expect(await call).toEqual({ kind: "answered", payload: { ok: true }, durationMs: 40 });
  });

  it("asks one thing after the other", async () => {
    const { session, sent, json } = start();
    const first = session.call("cron.status", 1_000);
    const second = session.call("cron.list", 1_000);
    await settle();
    expect(sent.map((one) => one.method)).toEqual(["cron.status"]);
    json({ type: "res", id: sent[0]?.id, ok: true });
    await first;
    await settle();
    expect(sent.map((one) => one.method)).toEqual(["cron.status", "cron.list"]);
    json({ type: "res", id: sent[1]?.id, ok: false, error: { code: "FORBIDDEN" } });
    expect(await second).toEqual({ kind: "refused", said: { code: "FORBIDDEN" } });
  });

  it("gives up a call after its time, waiting in line included, and goes on", async () => {
    const { session, sent, json, clock } = start();
    const slow = session.call("models.authStatus", 500);
    const behind = session.call("cron.list", 500);
    await clock.advance(500);
    expect(await slow).toEqual({ kind: "timed-out", asked: true });
    expect(await behind).toEqual({ kind: "timed-out", asked: false });
    expect(session.answered()).toBe(0);
    const next = session.call("node.list", 500);
    await settle();
    json({ type: "res", id: sent.at(-1)?.id, ok: true, payload: 1 });
    expect((await next).kind).toBe("answered");
    expect(session.answered()).toBe(1);
  });

  it("ends every waiting call when the connection ends, and every later one", async () => {
    const { session, say } = start();
    const ended: number[] = [];
    session.onEnded((close) => void ended.push(close.code));
    const call = session.call("node.list", 1_000);
    await settle();
    say({ kind: "closed", close: { code: 4001, reason: "gateway auth changed" } });
    expect(await call).toMatchObject({ kind: "closed", close: { code: 4001 } });
    expect(await session.call("node.list", 1_000)).toMatchObject({ kind: "closed" });
    expect(session.ended()).toMatchObject({ code: 4001 });
    expect(await session.ping(100)).toBeNull();
    session.onEnded((close) => void ended.push(close.code));
    expect(ended).toEqual([4001, 4001]);
  });

  it("passes events on and remembers when it last heard anything", async () => {
    const { session, json, clock } = start();
    const events: string[] = [];
    session.onEvent(({ event }) => void events.push(event));
    await clock.advance(5_000);
    json({ type: "event", event: "shutdown", payload: { reason: "gateway stopping" } });
    json({ nothing: "known" });
    await settle();
    expect(events).toEqual(["shutdown"]);
    expect(session.heardAtMs() - session.sinceMs).toBe(5_000);
  });

  it("survives a connection that throws", async () => {
    const stage = staged();
    const clock = manualClock();
    const broken: Conversation = {
      ...stage.conversation,
      send: () => {
        throw new Error("socket gone");
      },
      nextJson: () => Promise.reject(new Error("socket gone")),
    };
    const session = openSession(broken, {}, clock);
    expect(await session.call("node.list", 100)).toMatchObject({ kind: "closed", close: { code: 1006 } });
  });
});
