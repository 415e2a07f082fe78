import { describe, expect, it } from "vitest";
import { manualClock } from "../../../adapters/clock/manual-clock.ts";
import type { WebSocketConnection, WebSocketHappening } from "../../../core/ports/websocket-client.ts";
import { converse } from "./conversation.ts";

/** A connection that plays what it is given and remembers what was asked of it. */
function played(...happenings: readonly WebSocketHappening[]) {
  const sent: string[] = [];
  const waits: number[] = [];
  const left = [...happenings];
  const connection: WebSocketConnection = {
    send: (text) => void sent.push(text),
    next: async (timeoutMs) => {
      waits.push(timeoutMs);
      return left.shift() ?? { kind: "timed-out" };
    },
    ping: async (timeoutMs) => timeoutMs / 2,
    onClosed: () => {},
    close: () => void sent.push("closed"),
  };
  return { conversation: converse(connection, () => 0), sent, waits };
}
const text = (value: string): WebSocketHappening => ({ kind: "text", text: value });

describe("what is said", () => {
  it("goes out as one JSON frame", () => {
    const { conversation, sent } = played();
    conversation.send({ a: [1, "ü\n"] });
    conversation.close();
    expect(sent).toEqual(['{"a":[1,"ü\\n"]}', "closed"]);
  });

  it("may be a ping", async () => expect(await played().conversation.ping(8)).toBe(4));
});

describe("what is heard", () => {
  it.each<[WebSocketHappening, unknown]>([
    [text("{}"), { kind: "json", value: {} }],
    [text("null"), { kind: "json", value: null }],
    [text(""), { kind: "not-json", length: 0 }],
    [text("{'a':1}"), { kind: "not-json", length: 7 }],
    [
      { kind: "binary", bytes: 9 },
      { kind: "binary", bytes: 9 },
    ],
    [{ kind: "timed-out" }, { kind: "timed-out" }],
  ])("%j is %j", async (happening, heard) => expect(await played(happening).conversation.nextJson(5)).toEqual(heard));

  it("stays closed once it is closed, without asking again", async () => {
    const { conversation, waits } = played({ kind: "closed", close: { code: 1006, reason: "" } }, text("{}"));
    await conversation.nextJson(5);
    expect(await conversation.nextJson(5)).toEqual({ kind: "closed", close: { code: 1006, reason: "" } });
    expect(waits).toHaveLength(1);
  });
});

describe("a flood", () => {
  /** How many of these frames are heard before the connection is given up, when one comes every `everyMs`. */
  async function heard(
    frame: WebSocketHappening,
    everyMs: number,
    most: number,
  ): Promise<{ frames: number; closed: boolean; sent: readonly string[] }> {
    const sent: string[] = [];
    let nowMs = 0;
    const next = async (): Promise<WebSocketHappening> => {
      nowMs += everyMs;
      return frame;
    };
    const connection = { send: () => {}, next, ping: async () => null, onClosed: () => {}, close: () => void sent.push("closed") };
    const conversation = converse(connection, () => nowMs);
    for (let frames = 0; frames < most; frames += 1) {
      if ((await conversation.nextJson(5)).kind === "closed") return { frames, closed: true, sent };
    }
    return { frames: most, closed: false, sent };
  }

  it("of small frames ends the conversation and the connection", async () => {
    expect(await heard(text("1"), 0, 20_000)).toEqual({ frames: 5_000, closed: true, sent: ["closed"] });
    expect((await heard({ kind: "binary", bytes: 1 }, 0, 20_000)).frames).toBe(5_000);
  });

  it("of large frames ends sooner", async () => {
    expect(await heard(text(`"${"x".repeat(4_000_000)}"`), 0, 100)).toMatchObject({ frames: 2, closed: true });
    expect(await heard({ kind: "binary", bytes: 4_000_000 }, 0, 100)).toMatchObject({ frames: 2, closed: true });
  });

  it("is not what comes at a pace that can be read", async () => {
    expect(await heard(text("1"), 3, 20_000)).toMatchObject({ closed: false });
    expect(await heard({ kind: "timed-out" }, 0, 20_000)).toMatchObject({ closed: false });
  });
});

describe("waiting for one thing among others", () => {
  const isTwo = (value: unknown): "two" | undefined => (value === 2 ? "two" : undefined);

  it("passes over what is not wanted", async () => {
    expect(await played(text("1"), text("2"), text("3")).conversation.until(isTwo, 50)).toBe("two");
  });

  it.each<[WebSocketHappening, string]>([
    [text("oops"), "not-json"],
    [{ kind: "binary", bytes: 1 }, "binary"],
    [{ kind: "closed", close: { code: 1008, reason: "" } }, "closed"],
  ])("ends at %j", async (happening, kind) => {
    expect(await played(text("1"), happening, text("2")).conversation.until(isTwo, 50)).toMatchObject({ kind });
  });

  it("keeps to one time for all frames together", async () => {
    const clock = manualClock();
    const waits: number[] = [];
    const drip: WebSocketConnection = {
      send: () => {},
      next: async (timeoutMs) => {
        waits.push(timeoutMs);
        await clock.advance(20);
        return text("1");
      },
      ping: async () => null,
      onClosed: () => {},
      close: () => {},
    };
    expect(await converse(drip, () => clock.monotonicMs()).until(isTwo, 50)).toEqual({ kind: "timed-out" });
    expect(waits).toEqual([50, 30, 10]);
  });
});
