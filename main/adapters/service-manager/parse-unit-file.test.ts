import { describe, expect, it } from "vitest";
import { parseUnitFile, serviceValues, unitCommand, unitStreamPath } from "./parse-unit-file.ts";

const unit = parseUnitFile(`# a comment
; another
[Unit]
Description=Lamp = light
ExecStart=/not/this

[Service]
Environment=A=1
Environment="B=two words"
ExecStart=-/opt/lamp --name "my lamp" \\
  --home %h --rate 5%% --cost $$3
StandardOutput = append:/var/log/lamp.log
StandardError=journal
  # indented comment
`);

describe("parseUnitFile", () => {
  it("keeps every setting with its section, and equals signs in values", () => {
    expect(unit).toContainEqual({ section: "Unit", key: "Description", value: "Lamp = light" });
    expect(serviceValues(unit, "Environment")).toEqual(["A=1", '"B=two words"']);
  });

  it("forgets what an empty value takes back", () => {
    expect(serviceValues(parseUnitFile("[Service]\nExecStart=/a\nExecStart=\nExecStart=/b\n"), "ExecStart")).toEqual(["/b"]);
  });

  it("reads nothing out of other text", () => {
    expect(parseUnitFile("")).toEqual([]);
    expect(parseUnitFile("\u0000\u0001 [not a header\n=x\n")).toEqual([]);
  });
});

describe("unitCommand", () => {
  it("joins continued lines, drops signs before the path, and fills in what it knows", () => {
    expect(unitCommand(unit, "/home/sam")).toEqual([
      "/opt/lamp",
      "--name",
      "my lamp",
      "--home",
      "/home/sam",
      "--rate",
      "5%",
      "--cost",
      "$3",
    ]);
  });

  it("is empty for a unit that starts nothing", () => {
    expect(unitCommand(parseUnitFile("[Service]\nType=oneshot\n"), "/")).toEqual([]);
  });
});

describe("unitStreamPath", () => {
  it("tells files only", () => {
    expect(unitStreamPath(unit, "StandardOutput")).toBe("/var/log/lamp.log");
    expect(unitStreamPath(unit, "StandardError")).toBeUndefined();
    expect(unitStreamPath([], "StandardError")).toBeUndefined();
  });
});
