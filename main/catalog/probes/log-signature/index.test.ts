import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { LogPaths, LogRule, ReadLine } from "./index.ts";
import { isoTime, logSignatureProbe } from "./index.ts";

const path = "/home/sam/tool.log";
const START = 1_795_000_000_000;
const MINUTE = 60_000;
const rules: readonly LogRule[] = [
  { kind: "pattern", code: "tool.auth.refused", confidence: 0.9, any: [/unauthorized/], not: [/test mode/], clearedBy: [/connected/] },
  { kind: "reader", code: "tool.port.busy", read: (text) => (text.includes("EADDRINUSE") ? { line: text, confidence: 1 } : null) },
];
/** Lines of the form "+90 text": seconds after START. */
const readLine: ReadLine = (line) => {
  const found = /^([+-]\d+) (.*)$/.exec(line);
  return found === null ? { text: line } : { at: START + Number(found[1]) * 1000, text: found[2] ?? "" };
};
const probe = (paths: string[] | LogPaths = [path], windowMs = 10 * MINUTE) =>
  check({ id: "log", title: "Log" }, logSignatureProbe, { paths, rules, windowMs, readLine });
const log = (...lines: readonly string[]) => ({ files: { [path]: { text: lines.map((line) => `${line}\n`).join("") } } });
const codesOf = (seen: Awaited<ReturnType<ReturnType<typeof probe>["observe"]>>) => seen.hits.map((hit) => [hit.code, hit.count]);

describe("known bad lines in a log", () => {
  it("are counted per code, with the newest line and its time", async () => {
    const { context } = worldContext(log("-60 unauthorized a", "-30 unauthorized b", "-20 EADDRINUSE", "-10 all well"));
    const seen = await probe().observe(context);
    expect(seen.hits).toEqual([
      {
        code: "tool.auth.refused",
        path,
        line: "unauthorized b",
        count: 2,
        lastAt: START - MINUTE / 2,
        times: [START - MINUTE, START - MINUTE / 2],
      },
      { code: "tool.port.busy", path, line: "EADDRINUSE", count: 1, lastAt: START - 20_000, times: [START - 20_000] },
    ]);
    const verdict = probe().judge(seen, []);
    expect(verdict).toMatchObject({ light: "amber", summary: "Log: EADDRINUSE" });
    expect(verdict.findings?.[0]).toEqual({
      code: "tool.auth.refused",
      params: { count: 2 },
      evidence: [{ source: `log ${path}`, text: "unauthorized b (2 times)" }],
    });
  });

  it("are not looked for in what is no text, and that is told until text comes", async () => {
    const outside = worldContext({ files: { [path]: { text: `${"\0".repeat(50_000)}\n` } } });
    const bound = probe();
    for (let look = 0; look < 2; look += 1) {
      const seen = await bound.observe(outside.context);
      expect(seen).toMatchObject({ read: [], unread: [{ path, why: "does not hold text" }], hits: [] });
      expect(bound.judge(seen, [])).toEqual({ light: "grey", summary: "tool.log does not hold text" });
    }
    outside.set(log("-60 unauthorized"));
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 1]]);
  });

  it("are not looked for in a line without end, and that is told until a line ends", async () => {
    const endless = "x".repeat(600_000);
    const outside = worldContext({ files: { [path]: { text: endless } } });
    const bound = probe();
    expect(bound.judge(await bound.observe(outside.context), [])).toEqual({ light: "grey", summary: "tool.log is one line without end" });
    outside.set({ files: { [path]: { text: `${endless}\n-1 unauthorized\n` } } });
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 1]]);
  });

  it("are not looked for in a log that this account may not read, and that is told", async () => {
    const { context } = worldContext({ files: { [path]: { text: "unauthorized\n", mode: 0o600, uid: 0 } } });
    const seen = await probe().observe(context);
    expect(probe().judge(seen, [])).toEqual({ light: "grey", summary: "tool.log cannot be read" });
    expect(probe().judge(await probe(["/nowhere.log"]).observe(context), [])).toMatchObject({ applies: false });
  });

  it("count only within the window, and grow old", async () => {
    const outside = worldContext(log("-1200 unauthorized", "-300 unauthorized"));
    const bound = probe();
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 1]]);
    await outside.clock.advance(6 * MINUTE);
    expect(codesOf(await bound.observe(outside.context))).toEqual([]);
  });

  it("leave the window one by one: what comes every few minutes does not pile up", async () => {
    const outside = worldContext(log("-500 unauthorized", "-100 unauthorized"));
    const bound = probe();
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 2]]);
    await outside.clock.advance(4 * MINUTE);
    expect((await bound.observe(outside.context)).hits).toMatchObject([{ count: 1, times: [START - 100_000] }]);
  });

  it("are counted up to a hundred, however many come", async () => {
    const flood = Array.from({ length: 400 }, () => "-10 unauthorized");
    expect(codesOf(await probe().observe(worldContext(log(...flood)).context))).toEqual([["tool.auth.refused", 100]]);
  });

  it("are read once: the next look sees only what was added", async () => {
    const outside = worldContext(log("-60 unauthorized"));
    const bound = probe();
    await bound.observe(outside.context);
    outside.set(log("-60 unauthorized", "+1 unauthorized"));
    await outside.clock.advance(5_000);
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 2]]);
  });

  it("belong to one check: a second one reads for itself", async () => {
    const outside = worldContext(log("-60 unauthorized"));
    await probe().observe(outside.context);
    expect(codesOf(await probe().observe(outside.context))).toEqual([["tool.auth.refused", 1]]);
  });

  it("are taken back by a later good line", async () => {
    const { context } = worldContext(log("-60 unauthorized", "-50 connected"));
    expect(codesOf(await probe().observe(context))).toEqual([]);
    const again = worldContext(log("-60 unauthorized", "-50 connected", "-40 unauthorized"));
    expect(codesOf(await probe().observe(again.context))).toEqual([["tool.auth.refused", 1]]);
  });

  it("do not count when the same line says it is harmless", async () => {
    const { context } = worldContext(log("-60 unauthorized (test mode)"));
    expect(codesOf(await probe().observe(context))).toEqual([]);
  });

  it("without a time count only when they arrive while we watch", async () => {
    const outside = worldContext(log("unauthorized of unknown age"));
    const bound = probe();
    expect(codesOf(await bound.observe(outside.context))).toEqual([]);
    outside.set(log("unauthorized of unknown age", "unauthorized now"));
    expect(codesOf(await bound.observe(outside.context))).toEqual([["tool.auth.refused", 1]]);
  });

  it("take the time of the line before them when they continue it", async () => {
    const { context } = worldContext(log("-60 error", "  cause: unauthorized", "-1200 older", "  unauthorized"));
    const seen = await probe().observe(context);
    expect(seen.hits).toMatchObject([{ line: "  cause: unauthorized", lastAt: START - MINUTE }]);
  });

  it("cannot come from the future", async () => {
    const { context } = worldContext(log("+86400 unauthorized"));
    expect((await probe().observe(context)).hits).toMatchObject([{ lastAt: START }]);
  });

  it("are found in whichever file is there now", async () => {
    let day = "a";
    const bound = probe(async () => [`/log/${day}.log`, "/log/none.log"]);
    const outside = worldContext({
      files: { "/log/a.log": { text: "-60 unauthorized\n" }, "/log/b.log": { text: "-30 EADDRINUSE\n" } },
    });
    expect((await bound.observe(outside.context)).read).toEqual(["/log/a.log"]);
    day = "b";
    const seen = await bound.observe(outside.context);
    expect(seen.read).toEqual(["/log/b.log"]);
    expect(codesOf(seen)).toEqual([
      ["tool.auth.refused", 1],
      ["tool.port.busy", 1],
    ]);
  });

  it("are cut when they are endless", async () => {
    const { context } = worldContext(log(`-60 unauthorized ${"x".repeat(60_000)}`));
    expect((await probe().observe(context)).hits[0]?.line.length).toBeLessThanOrEqual(400);
  });
});

describe("a log without bad lines", () => {
  it("is green", async () => {
    const { context } = worldContext(log("-60 all well"));
    expect(probe().judge(await probe().observe(context), [])).toEqual({ light: "green", summary: "The log shows nothing bad" });
  });
  it("does not apply when it does not exist", async () => {
    expect(probe().judge(await probe().observe(worldContext().context), [])).toMatchObject({ applies: false, light: "grey" });
  });
  it("reads times by itself when nobody says how", async () => {
    const { context } = worldContext({ files: { [path]: { text: "2026-11-18T11:06:00.000Z unauthorized\n" } } });
    const plain = check({ id: "log", title: "Log" }, logSignatureProbe, { paths: [path], rules, windowMs: 48 * 60 * MINUTE });
    expect((await plain.observe(context)).hits).toMatchObject([{ lastAt: Date.UTC(2026, 10, 18, 11, 6) }]);
  });
});

describe("the time of a line", () => {
  it.each([
    ["2026-11-20T10:00:00.123Z hello", Date.UTC(2026, 10, 20, 10, 0, 0, 123)],
    ["[2026-11-20T10:00:00+01:00] hello", Date.UTC(2026, 10, 20, 9)],
    ["2026-11-20 10:00:00,5-0330 hello", Date.UTC(2026, 10, 20, 13, 30, 0, 500)],
    ["2024-02-29T23:59:59Z", Date.UTC(2024, 1, 29, 23, 59, 59)],
    ["2000-03-01T00:00:00.000000001Z", Date.UTC(2000, 2, 1)],
    ["1970-01-01T00:00:00Z", 0],
  ])("is read from %s", (line, at) => expect(isoTime(line)).toBe(at));

  it.each(["hello", "2026-11-20T10:00:00 without a zone", "2026-13-40T10:00:00Z", `${"x".repeat(200)}2026-11-20T10:00:00Z`, ""])(
    "is not guessed from %s",
    (line) => expect(isoTime(line)).toBeUndefined(),
  );

  it("agrees with the calendar on every day of eight years", () => {
    for (let day = 0; day < 8 * 366; day += 1) {
      const at = Date.UTC(2023, 0, 1) + day * 86_400_000;
      expect(isoTime(new Date(at).toISOString())).toBe(at);
    }
  });
});
