import { describe, expect, it } from "vitest";
import { readPasted } from "./pasted-text.ts";

describe("taking a pasted text apart", () => {
  it("finds a JSON answer after other lines, and keeps those lines", () => {
    const { documents, lines } = readPasted('Some note first\n{\n  "a": [1, "}"],\n  "b": {}\n}\nlast words');
    expect(documents).toEqual([{ a: [1, "}"], b: {} }]);
    expect(lines.map((line) => line.text)).toEqual(["Some note first", "last words"]);
  });

  it("reads one document per line", () => {
    expect(readPasted('{"a":1}\n{"b":2}\n').documents).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("opens recorded frames and leaves out what the client sent", () => {
    const text = JSON.stringify({
      case: "x",
      frames: [
        { dir: "client->server", frame: { type: "req", method: "connect" } },
        { dir: "server->client", frame: { type: "res", ok: false } },
      ],
      close: { code: 1008, reason: "" },
    });
    expect(readPasted(text).documents).toEqual([
      { type: "res", ok: false },
      { case: "x", frames: [], close: { code: 1008, reason: "" } },
    ]);
  });

  it("turns log objects into lines", () => {
    const text = '{"0":"{\\"subsystem\\":\\"gateway\\"}","1":"ready","time":"2026-11-20T18:14:25.482Z"}';
    expect(readPasted(text)).toMatchObject({ documents: [], lines: [{ text: "[gateway] ready" }] });
  });

  it("does not take console lines for arrays", () => {
    const { documents, lines } = readPasted("[gateway] starting...\n[gateway] ready");
    expect([documents.length, lines.length]).toEqual([0, 2]);
  });

  it("removes the frames of boxes and tables", () => {
    expect(readPasted("│  Restored it; saved as  │\n├────╯\n◇  Config ─────╮").lines.map((line) => line.text)).toEqual([
      "Restored it; saved as",
      "Config",
    ]);
  });

  it("falls back to lines when JSON is cut off", () => {
    expect(readPasted('{\n  "code": "AUTH_TOKEN_MISMATCH",\n').lines.map((line) => line.text)).toContain('"code": "AUTH_TOKEN_MISMATCH",');
  });

  it.each([
    ["openclaw gateway status", true],
    ["[health-monitor] started", true],
    ["clawdbot doctor", true],
    ["nginx: [emerg] bind() failed", false],
  ])("knows whether %s speaks of OpenClaw: %s", (text, ours) => {
    expect(readPasted(text).ours).toBe(ours);
  });

  it("stays bounded on hostile text", () => {
    const started = performance.now();
    const hostile = `${"[".repeat(200_000)}\n${'{"a":'.repeat(50_000)}\n${"│".repeat(100_000)}`;
    expect(readPasted(hostile).documents).toEqual([]);
    expect(readPasted(`${"[".repeat(3_000)}{}${"]".repeat(3_000)}`).documents).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
