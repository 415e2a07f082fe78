import { describe, expect, it } from "vitest";
import { parseBootTime, parseCommandLine, parseProcStatus, parseStartTicks } from "./parse-proc.ts";

const status = (state: string, more = "") =>
  `Name:\tnode\nUmask:\t0022\nState:\t${state}\nTgid:\t42\nPid:\t42\nPPid:\t7\nUid:\t1000\t1001\t1000\t1000\n${more}Threads:\t11\n`;

describe("parseProcStatus", () => {
  it("reads name, parent, real account and resident memory", () => {
    expect(parseProcStatus(status("S (sleeping)", "VmRSS:\t   21248 kB\n"))).toEqual({
      name: "node",
      state: "sleeping",
      ppid: 7,
      uid: 1000,
      rssBytes: 21_757_952,
    });
  });

  it.each([
    ["R (running)", "running"],
    ["D (disk sleep)", "sleeping"],
    ["I (idle)", "sleeping"],
    ["T (stopped)", "stopped"],
    ["t (tracing stop)", "stopped"],
    ["Z (zombie)", "zombie"],
    ["X (dead)", "unknown"],
  ])("reads state %s as %s", (raw, state) => {
    expect(parseProcStatus(status(raw))?.state).toBe(state);
  });

  it("has no memory figure for a kernel thread, rather than zero", () => {
    expect(parseProcStatus(status("I (idle)"))).not.toHaveProperty("rssBytes");
  });

  it("is null for an empty or cut text", () => {
    expect(parseProcStatus("")).toBeNull();
    expect(parseProcStatus("Name:\tnode\nState:\tS")).toBeNull();
  });
});

describe("parseStartTicks", () => {
  const rest = "S 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 123456 0 0";
  it("counts from the last parenthesis of the name", () => {
    expect(parseStartTicks(`42 (node) ${rest}`)).toBe(123_456);
    expect(parseStartTicks(`42 (a) R 9) ${rest}`)).toBe(123_456);
  });

  it("is null for a cut line", () => {
    expect(parseStartTicks("42 (node) S 1")).toBeNull();
    expect(parseStartTicks("")).toBeNull();
  });
});

describe("parseCommandLine", () => {
  it("joins the words of a command", () => {
    expect(parseCommandLine("node\0/opt/app.js\0--port\x0018789\0", "node")).toBe("node /opt/app.js --port 18789");
  });

  it("takes a title that a program wrote over its arguments", () => {
    expect(parseCommandLine("gateway\0\0\0\0", "node")).toBe("gateway");
  });

  it("shows a process without a command by its name", () => {
    expect(parseCommandLine("", "kthreadd")).toBe("[kthreadd]");
  });
});

describe("parseBootTime", () => {
  it("finds the line among the others", () => {
    expect(parseBootTime("cpu 1 2 3\nbtime 1763684000\nprocesses 9\n")).toBe(1_763_684_000_000);
    expect(parseBootTime("cpu 1 2 3\n")).toBeNull();
  });
});
