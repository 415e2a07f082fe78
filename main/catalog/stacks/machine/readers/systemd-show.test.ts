import { describe, expect, it } from "vitest";
import { codes } from "../codes.ts";
import { systemdShow } from "./systemd-show.ts";

const found = (text: string): readonly string[] => systemdShow.filter((signature) => signature.read(text) !== null).map((one) => one.code);
const shown = (properties: Readonly<Record<string, string | number>>): string =>
  Object.entries({ Id: "example.service", LoadState: "loaded", ...properties })
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");

describe("the properties of a unit", () => {
  it.each<[string, Readonly<Record<string, string | number>>, readonly string[]]>([
    ["that runs", { ActiveState: "active", SubState: "running", Result: "success", NRestarts: 3 }, []],
    ["that is stopped", { ActiveState: "inactive", SubState: "dead", Result: "success" }, []],
    ["that is not there", { LoadState: "not-found", ActiveState: "inactive", SubState: "dead" }, [codes.notLoaded]],
    ["that is masked", { LoadState: "masked", ActiveState: "inactive" }, [codes.disabled]],
    ["whose file is masked", { ActiveState: "inactive", UnitFileState: "masked-runtime" }, [codes.disabled]],
    ["with a bad file", { LoadState: "bad-setting", ActiveState: "inactive" }, [codes.definitionRefused]],
    ["with an unreadable file", { LoadState: "error", ActiveState: "inactive" }, [codes.definitionRefused]],
    [
      "between restarts",
      { ActiveState: "activating", SubState: "auto-restart", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 1 },
      [codes.crashLoop],
    ],
    [
      "between restarts after clean ends",
      { ActiveState: "activating", SubState: "auto-restart", Result: "success", ExecMainCode: 1, ExecMainStatus: 0 },
      [codes.cleanRespawn],
    ],
    [
      "between restarts of a missing program",
      { ActiveState: "activating", SubState: "auto-restart-queued", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 203 },
      [codes.crashLoop, codes.spawnFailed],
    ],
    ["that failed", { ActiveState: "failed", SubState: "failed", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 1 }, [codes.gaveUp]],
    [
      "that crashed",
      { ActiveState: "failed", SubState: "failed", Result: "core-dump", ExecMainCode: 3, ExecMainStatus: 11 },
      [codes.gaveUp],
    ],
    [
      "that could not change its folder",
      { ActiveState: "failed", SubState: "failed", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 200 },
      [codes.spawnFailed],
    ],
    [
      "whose interpreter is gone",
      { ActiveState: "failed", SubState: "failed", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 127 },
      [codes.spawnFailed],
    ],
    ["that ran out of memory", { ActiveState: "failed", SubState: "failed", Result: "oom-kill", ExecMainCode: 2 }, [codes.memoryKilled]],
    [
      "that was stopped and ended with 143",
      { ActiveState: "failed", SubState: "failed", Result: "exit-code", ExecMainCode: 1, ExecMainStatus: 143 },
      [],
    ],
    ["that starts for the fifth time", { ActiveState: "activating", SubState: "start", NRestarts: 5 }, [codes.crashLoop]],
    ["that starts", { ActiveState: "activating", SubState: "start", NRestarts: 0 }, []],
  ])("%s", (_, properties, wanted) => expect([...found(shown(properties))].sort()).toEqual([...wanted].sort()));

  it("of several units are judged one by one", () => {
    const text = `${shown({ ActiveState: "active", SubState: "running" })}\n\n${shown({ LoadState: "not-found", ActiveState: "inactive" })}`;
    expect(found(text)).toEqual([codes.notLoaded]);
  });

  it("are not seen in other files of the form KEY=value", () => {
    for (const text of ["PATH=/usr/bin\nHOME=/home/sam", "Result=failed", "State=active\nActive=yes", "[Service]\nRestart=always"]) {
      expect(found(text)).toEqual([]);
    }
  });
});

describe("an answer of one word", () => {
  it.each([
    ["not-found\n", [codes.notLoaded]],
    ["masked", [codes.disabled]],
    ["enabled", []],
    ["disabled", []],
    ["active", []],
    ["inactive", []],
    ["the unit was not-found", []],
  ])("%j", (text, wanted) => expect(found(text)).toEqual(wanted));
});
