import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { journalLines } from "./journal-lines.ts";

const entry = (MESSAGE: unknown) => JSON.stringify({ __REALTIME_TIMESTAMP: "1454328291405116", MESSAGE, _PID: "1" });

describe("journalLines", () => {
  it("gives the messages in order", () => {
    expect(journalLines(`${entry("first")}\n${entry("second")}\n`)).toEqual(["first", "second"]);
  });

  it("decodes a message of bytes, whatever they are", () => {
    expect(journalLines(entry([...Buffer.from("caf\u00e9", "utf8")]))).toEqual(["café"]);
    expect(journalLines(entry([104, 105, 0xff]))).toEqual(["hi\uFFFD"]);
    expect(journalLines(entry([1, 300]))).toEqual([]);
  });

  it("shows neither colours nor signs that move a terminal's cursor", () => {
    expect(journalLines(entry("\u001B[31mred\u001B[0m\tand\u0007 bell\r"))).toEqual(["red and  bell"]);
  });

  it("splits a message of several lines, and cuts an endless one", () => {
    expect(journalLines(entry("one\n\n  two"))).toEqual(["one", "two"]);
    expect(journalLines(entry("x".repeat(9000)))[0]).toHaveLength(500);
  });

  it("is empty where there is no journal, and passes over what it cannot read", () => {
    for (const text of ["", "-- No entries --\n", "No journal files were found.\n", "{broken\n", "[]\n", "null\n", entry(null), entry("")])
      expect(journalLines(text)).toEqual([]);
    expect(journalLines(`{"MESSAGE":"cut of\n${entry("whole")}`)).toEqual(["whole"]);
  });
});

const sample = "../shared/samples/system/journal-03-json-pretty.txt";
describe.runIf(existsSync(sample))("a captured entry (needs samples)", () => {
  it("is read as its message once it stands on one line", () => {
    // The capture was cut by a terminal in two of its values and spread over lines; both are mended here.
    const whole = readFileSync(sample, "utf8").replaceAll(/^(.*: ".*[^",{])$/gm, '$1",');
    expect(journalLines(JSON.stringify(JSON.parse(whole)))).toEqual(["W: [pulseaudio] pid.c: Stale PID file, overwriting."]);
  });
});
