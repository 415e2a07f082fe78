import { describe, expect, it } from "vitest";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { parsePs, psColumns } from "./parse-ps.ts";

const line = (stat: string, command: string) => `    1     0 root     ${stat.padEnd(4)} Fri Nov 20 08:05:09 2026     10 ${command}\n`;

describe("parsePs", () => {
  it("reads one line with a long command", () => {
    const text = "17583 17571 sam      S+   Fri Nov 20 08:05:09 2026  21248 /usr/bin/python3 -m http.server 18789 --bind 127.0.0.1\n";
    expect(parsePs(text)).toEqual([
      {
        pid: 17_583,
        ppid: 17_571,
        user: "sam",
        name: "python3",
        command: "/usr/bin/python3 -m http.server 18789 --bind 127.0.0.1",
        state: "sleeping",
        rssBytes: 21_757_952,
        startedMs: Date.UTC(2026, 10, 20, 8, 5, 9),
      },
    ]);
  });

  it("reads a day with one digit, which is padded with a space", () => {
    const text = line("S", "/sbin/launchd").replace("Nov 20", "Dec  1");
    expect(parsePs(text)[0]?.startedMs).toBe(Date.UTC(2026, 11, 1, 8, 5, 9));
  });

  it.each([
    ["R", "running"],
    ["Ss", "sleeping"],
    ["U", "sleeping"],
    ["T+", "stopped"],
    ["Z", "zombie"],
    ["?", "unknown"],
  ])("reads state %s as %s", (stat, state) => {
    expect(parsePs(line(stat, "/sbin/launchd"))[0]?.state).toBe(state);
  });

  it("names an application by its program, although the path has spaces", () => {
    const command = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome --type=renderer";
    expect(parsePs(line("S", command))[0]).toMatchObject({ name: "Google Chrome", command });
  });

  it("passes over lines that are no process", () => {
    expect(parsePs("")).toEqual([]);
    expect(parsePs("ps: illegal option\n 12 nonsense\n")).toEqual([]);
  });

  it("agrees with the ps of this machine about ourselves", async () => {
    const request = { file: "ps", args: ["-ww", "-o", psColumns, "-p", String(process.pid)], timeoutMs: 5000 };
    const outcome = await execaCommandRunner().run({ ...request, env: { TZ: "UTC", LC_ALL: "C" } });
    const [own] = parsePs("stdout" in outcome ? outcome.stdout : "");
    expect(own).toMatchObject({ pid: process.pid, ppid: process.ppid });
    expect(Math.abs(Date.now() - (own?.startedMs ?? 0))).toBeLessThan(600_000);
  });
});
