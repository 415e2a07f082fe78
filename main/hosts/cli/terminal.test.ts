import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type ProcessLike, processTerminal, wantsColour } from "./terminal.ts";

describe("wantsColour", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "false" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ])("with %j on a screen: %s gives %s", (env, isScreen, expected) => {
    expect(wantsColour(env, isScreen)).toBe(expected);
  });
});

class Stream extends EventEmitter {
  written = "";
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  constructor(over: Partial<Stream> = {}) {
    super();
    Object.assign(this, over);
  }
  write(text: string): boolean {
    this.written += text;
    return true;
  }
}

function fakeProcess(over: { stdout?: Stream; env?: Record<string, string> } = {}) {
  const exits: (number | undefined)[] = [];
  const stdout = over.stdout ?? new Stream();
  const emitter = Object.assign(new EventEmitter(), {
    stdin: new Stream(),
    stdout,
    stderr: new Stream(),
    env: over.env ?? {},
    exit: (code?: number) => void exits.push(code),
  });
  return { of: emitter as object as ProcessLike, stdout, exits, emitter };
}

describe("processTerminal", () => {
  it("has lines of any length on a pipe and the screen's columns on a screen", () => {
    expect(processTerminal(fakeProcess().of).columns()).toBe(Number.POSITIVE_INFINITY);
    const { of } = fakeProcess({ stdout: new Stream({ isTTY: true, columns: 42 }) });
    expect(processTerminal(of).columns()).toBe(42);
  });

  it("does not redraw on a dumb terminal", () => {
    const { of } = fakeProcess({ stdout: new Stream({ isTTY: true }), env: { TERM: "dumb" } });
    expect(processTerminal(of).isScreen).toBe(false);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("asks for an orderly end on %s", (signal) => {
    const { of, emitter, exits } = fakeProcess();
    const terminal = processTerminal(of);
    emitter.emit(signal);
    expect(terminal.ended.aborted).toBe(true);
    expect(exits).toEqual([]);
  });

  it("ends at once on the second Ctrl-C", () => {
    const { of, emitter, exits } = fakeProcess();
    processTerminal(of);
    emitter.emit("SIGINT");
    emitter.emit("SIGINT");
    expect(exits).toEqual([130]);
  });

  it("survives a reader that went away, ends, and writes nothing more", () => {
    const { of, stdout } = fakeProcess();
    const terminal = processTerminal(of);
    terminal.write("one");
    stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    terminal.write("two");
    expect(stdout.written).toBe("one");
    expect(terminal.ended.aborted).toBe(true);
  });

  it("reads one typed line per question, and nothing once the program is to end", async () => {
    const keyboard = new PassThrough();
    const { of, emitter } = fakeProcess();
    const terminal = processTerminal(Object.assign(of, { stdin: keyboard }));
    const first = terminal.ask("Really? ");
    keyboard.write("yes, do\n");
    expect(await first).toBe("yes, do");
    const second = terminal.ask("Sure? ");
    keyboard.write("no\n");
    expect(await second).toBe("no");
    expect((of.stderr as object as Stream).written).toBe("Really? Sure? ");
    const third = terminal.ask("And now? ");
    emitter.emit("SIGINT");
    expect(await third).toBeNull();
    expect(await terminal.ask("Still? ")).toBeNull();
  });

  it("takes a keyboard that is gone, or a question that is over, for no answer", async () => {
    const keyboard = new PassThrough();
    const { of } = fakeProcess();
    const terminal = processTerminal(Object.assign(of, { stdin: keyboard }));
    const over = new AbortController();
    const asked = terminal.ask("Really? ", over.signal);
    over.abort();
    expect(await asked).toBeNull();
    const again = terminal.ask("Really? ");
    keyboard.end();
    expect(await again).toBeNull();
  });
});
