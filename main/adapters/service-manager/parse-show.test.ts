import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  parseShow,
  shownCommand,
  shownEnvironment,
  shownEnvironmentFiles,
  shownNumber,
  shownSeconds,
  shownText,
  shownTime,
} from "./parse-show.ts";

const shown = parseShow(`MainPID=0
NRestarts=3
RestartUSec=1min 30s
TimeoutUSec=infinity
ExecStart={ path=/bin/sh ; argv[]=/bin/sh -c exit 3 ; ignore_errors=no ; start_time=[Sat 2026-11-21 01:12:25 UTC] ; pid=13167 ; code=exited ; status=3 }
Environment=FOO=bar "BAZ=a b" "Q=it\\"s" "D=\\$HOME" EMPTY=
EnvironmentFiles=/home/sam/one.env (ignore_errors=yes)
EnvironmentFiles=/home/sam/two words.env (ignore_errors=no)
StateChangeTimestamp=Sat 2026-11-21 01:12:26 UTC
ActiveEnterTimestamp=
FragmentPath=/home/sam/a=b.service
`);

describe("parseShow", () => {
  it("splits at the first equals sign and keeps repeated lines", () => {
    expect(shownText(shown, "FragmentPath")).toBe("/home/sam/a=b.service");
    expect(shownEnvironmentFiles(shown)).toEqual(["/home/sam/one.env", "/home/sam/two words.env"]);
  });

  it("tells empty from missing only where that matters", () => {
    expect(shownText(shown, "ActiveEnterTimestamp")).toBeUndefined();
    expect(shownText(shown, "NoSuchProperty")).toBeUndefined();
    expect(parseShow("").size).toBe(0);
  });

  it("reads numbers, and nothing else as a number", () => {
    expect(shownNumber(shown, "MainPID")).toBe(0);
    expect(shownNumber(shown, "RestartUSec")).toBeUndefined();
  });

  it("reads times and time spans", () => {
    expect(shownTime(shown, "StateChangeTimestamp")).toBe(Date.UTC(2026, 10, 21, 1, 12, 26));
    expect(shownTime(shown, "ActiveEnterTimestamp")).toBeUndefined();
    expect(shownSeconds(shown, "RestartUSec")).toBe(90);
    expect(shownSeconds(parseShow("RestartUSec=200ms"), "RestartUSec")).toBeCloseTo(0.2);
    expect(shownSeconds(shown, "TimeoutUSec")).toBeUndefined();
  });

  it("reads the command and the environment", () => {
    expect(shownCommand(shown)).toBe("/bin/sh -c exit 3");
    expect(shownCommand(parseShow("ExecStart="))).toBeUndefined();
    expect(shownEnvironment(shown)).toEqual([
      ["FOO", "bar"],
      ["BAZ", "a b"],
      ["Q", 'it"s'],
      ["D", "$HOME"],
      ["EMPTY", ""],
    ]);
  });
});

const sample = "../shared/samples/system/systemctl-06-show-running-openclaw.txt";
describe.runIf(existsSync(sample))("a published output (needs samples)", () => {
  it("is read", () => {
    const published = parseShow(readFileSync(sample, "utf8"));
    expect(shownNumber(published, "MainPID")).toBe(730_564);
    expect(shownText(published, "LoadState")).toBe("loaded");
  });
});
