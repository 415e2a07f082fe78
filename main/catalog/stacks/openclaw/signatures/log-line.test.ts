import { describe, expect, it } from "vitest";
import { readLogLine } from "./log-line.ts";

const at = Date.parse("2026-11-20T18:14:25.482Z");

describe("reading one gateway log line", () => {
  it("takes subsystem, message and time out of the file log", () => {
    const line = JSON.stringify({
      "0": '{"subsystem":"gateway/ws"}',
      "1": "hello",
      message: "hello",
      time: "2026-11-20T18:14:25.482+00:00",
    });
    expect(readLogLine(line)).toEqual({ at, text: "[gateway/ws] hello", subsystem: "gateway/ws" });
  });

  it("adds structured fields and uses the second argument when there is no flattened message", () => {
    const line = JSON.stringify({
      "0": '{"module":"cron","storeKey":"x"}',
      "1": { jobName: "digest", retries: 2, nested: { dropped: true } },
      "2": "cron: job run returned error status",
      _meta: { date: "2026-11-20T18:14:25.482Z" },
    });
    expect(readLogLine(line)).toEqual({
      at,
      text: "[cron] cron: job run returned error status jobName=digest retries=2",
      subsystem: "cron",
    });
  });

  it("marks lines of the command line tool, which have no subsystem", () => {
    const line = JSON.stringify({
      "0": "Config auto-restored from backup: x",
      _meta: { date: "2026-11-20T18:14:25.482Z", name: "openclaw" },
    });
    expect(readLogLine(line)).toEqual({ at, text: "[cli] Config auto-restored from backup: x" });
  });

  it("reads what openclaw logs --json prints", () => {
    const line = JSON.stringify({ type: "log", time: "2026-11-20T18:14:25.482Z", level: "info", subsystem: "gateway", message: "ready" });
    expect(readLogLine(line)).toEqual({ at, text: "[gateway] ready", subsystem: "gateway" });
  });

  it.each([
    ["2026-11-20T18:14:25.482+00:00 [gateway] ready", "[gateway] ready", "gateway"],
    [
      "2026-11-20T18:14:25.482Z warn agent/embedded embedded_run_agent_end isError=true",
      "[agent/embedded] embedded_run_agent_end isError=true",
      "agent/embedded",
    ],
    ["2026-11-20T18:14:25.482Z Missing config. Run it", "[cli] Missing config. Run it", undefined],
  ])("reads the console line %s", (line, text, subsystem) => {
    expect(readLogLine(line)).toEqual({ at, text, ...(subsystem === undefined ? {} : { subsystem }) });
  });

  it("reads a console line without a time", () => {
    expect(readLogLine("[gateway] starting...")).toEqual({ text: "[gateway] starting...", subsystem: "gateway" });
  });

  it("keeps the words of a line that was cut in the middle", () => {
    const cut = '{"0":"{\\"subsystem\\":\\"gateway/ws\\"}","1":"unauthorized conn=1 reason=token_mism';
    expect(readLogLine(cut)).toEqual({ text: `[gateway/ws] ${cut}`, subsystem: "gateway/ws" });
  });

  it("leaves text that is no log line alone", () => {
    expect(readLogLine("just words")).toEqual({ text: "just words" });
  });
});
