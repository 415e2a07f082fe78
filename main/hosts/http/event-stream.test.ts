import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { openEventStream } from "./event-stream.ts";

/** A connection whose reader can stop reading. */
class Reader extends EventEmitter {
  received = "";
  reads = true;
  destroyed = false;
  writableEnded = false;
  writeHead(): this {
    return this;
  }
  write(text: string): boolean {
    this.received += text;
    return this.reads;
  }
  end(): void {
    this.writableEnded = true;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
  catchUp(): void {
    this.reads = true;
    this.emit("drain");
  }
}

function open(limits = { pending: 4, stuckMs: 40 }) {
  const reader = new Reader();
  const stream = openEventStream(reader as EventEmitter as ServerResponse, limits);
  reader.received = "";
  return { reader, stream };
}
const names = (text: string): readonly string[] => [...text.matchAll(/^data: (.*)$/gm)].map((match) => match[1] ?? "");

describe("openEventStream", () => {
  it("frames an event so that a browser dispatches it by name", () => {
    const { reader, stream } = open();
    stream.send("changed", '{"a":1}', true);
    expect(reader.received).toBe('event: changed\ndata: {"a":1}\n\n');
  });

  it("keeps only the newest state for a reader that is behind, and every other event in order", () => {
    const { reader, stream } = open();
    reader.reads = false;
    stream.send("changed", "1", true);
    stream.send("changed", "2", true);
    stream.send("progress", "a", false);
    stream.send("changed", "3", true);
    stream.send("progress", "b", false);
    expect(names(reader.received)).toEqual(["1"]);
    reader.catchUp();
    expect(names(reader.received)).toEqual(["1", "3", "a", "b"]);
  });

  it("drops a reader that is too far behind", () => {
    const { reader, stream } = open();
    reader.reads = false;
    for (let i = 0; i < 6; i += 1) stream.send("progress", String(i), false);
    expect(reader.destroyed).toBe(true);
  });

  it("drops a reader that takes nothing for too long", async () => {
    const { reader, stream } = open();
    reader.reads = false;
    stream.send("changed", "1", true);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(reader.destroyed).toBe(true);
  });

  it("keeps a reader that catches up in time", async () => {
    const { reader, stream } = open();
    reader.reads = false;
    stream.send("changed", "1", true);
    reader.catchUp();
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(reader.destroyed).toBe(false);
  });

  it("beats only when the reader keeps up, and writes nothing after the end", () => {
    const { reader, stream } = open();
    stream.beat();
    expect(reader.received).toBe(": beat\n\n");
    reader.reads = false;
    stream.beat();
    stream.beat();
    expect(reader.received).toBe(": beat\n\n: beat\n\n");
    stream.end();
    reader.catchUp();
    stream.send("changed", "1", true);
    expect(names(reader.received)).toEqual([]);
  });
});
