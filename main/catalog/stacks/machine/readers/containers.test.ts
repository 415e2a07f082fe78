import { describe, expect, it } from "vitest";
import { codes } from "../codes.ts";
import { containers } from "./containers.ts";

const found = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    containers.flatMap((signature) => {
      const hit = signature.read(text);
      return hit === null ? [] : [[signature.code, hit.line]];
    }),
  );
const healthy = { Status: "running", Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false, ExitCode: 0 };
const inspected = (state: object, pretty = true): string => JSON.stringify([{ Id: "8a1b", State: state }], null, pretty ? 4 : 0);

describe("an inspected container", () => {
  it.each<[string, object, Readonly<Record<string, string>>]>([
    ["that runs", healthy, {}],
    ["that is well", { ...healthy, Health: { Status: "healthy", FailingStreak: 0 } }, {}],
    ["whose check starts", { ...healthy, Health: { Status: "starting", FailingStreak: 0 } }, {}],
    ["that is unhealthy", { ...healthy, Health: { Status: "unhealthy" } }, { [codes.containerUnhealthy]: '"Status": "unhealthy"' }],
    ["that restarts", { ...healthy, Status: "restarting", Restarting: true }, { [codes.containerUnhealthy]: '"Status": "restarting"' }],
    ["that is dead", { ...healthy, Status: "dead", Running: false, Dead: true }, { [codes.containerUnhealthy]: '"Dead": true' }],
    ["that ended well", { ...healthy, Status: "exited", Running: false }, {}],
    ["that was stopped", { ...healthy, Status: "exited", Running: false, ExitCode: 143 }, {}],
    ["that failed", { ...healthy, Status: "exited", Running: false, ExitCode: 1 }, { [codes.containerUnhealthy]: '"ExitCode": 1' }],
    [
      "that was killed for memory",
      { ...healthy, Status: "exited", Running: false, OOMKilled: true, ExitCode: 137 },
      { [codes.memoryKilled]: '"OOMKilled": true', [codes.containerUnhealthy]: '"ExitCode": 137' },
    ],
  ])("%s", (_, state, wanted) => {
    expect(found(inspected(state))).toEqual(wanted);
    expect(found(inspected(state, false))).toEqual(wanted);
    expect(found(JSON.stringify(state))).toEqual(wanted);
    expect(found(`$ docker inspect agent-1\n${inspected(state)}\n$`)).toEqual(wanted);
  });

  it("is understood when the text was cut off", () => {
    const cut = inspected({ ...healthy, Health: { Status: "unhealthy", FailingStreak: 9 } }).slice(0, -30);
    expect(found(cut.slice(cut.indexOf('"State"')).replace(/^/, "    "))).toEqual({ [codes.containerUnhealthy]: '"Status": "unhealthy"' });
  });

  it("is not there in an empty answer, which says nothing by itself", () => expect(found("[]\n")).toEqual({}));
});

describe("a row of the list", () => {
  const row = (more: object): string => JSON.stringify({ ID: "8a1b", Names: "agent-1", ...more });
  it.each<[object, string | undefined]>([
    [{ State: "running", Status: "Up 2 hours" }, undefined],
    [{ State: "running", Status: "Up 2 hours (healthy)" }, undefined],
    [{ State: "running", Status: "Up 2 hours (unhealthy)" }, codes.containerUnhealthy],
    [{ State: "running", Status: "Up 2 hours", Health: "unhealthy" }, codes.containerUnhealthy],
    [{ State: "restarting", ExitCode: 0, Status: "Restarting (1) 3 seconds ago" }, codes.containerUnhealthy],
    [{ State: "exited", Status: "Exited (0) 3 hours ago" }, undefined],
    [{ State: "exited", Status: "Exited (2) 3 hours ago" }, codes.containerUnhealthy],
  ])("%j", (more, code) => expect(Object.keys(found(row(more)))).toEqual(code === undefined ? [] : [code]));

  it("is found among healthy ones, one object per line", () => {
    const lines = [row({ State: "running", Status: "Up 1 hour" }), row({ State: "restarting", Status: "Restarting (137) 1 second ago" })];
    expect(found(lines.join("\n"))).toEqual({ [codes.containerUnhealthy]: '"Status": "Restarting (137) 1 second ago"' });
  });
});

describe("a runtime that does not answer", () => {
  it("is seen through its object of zero values", () => {
    const zero = { ID: "", Containers: 0, ContainersRunning: 0, ServerVersion: "", ClientInfo: { Version: "28.2.2" } };
    expect(found(JSON.stringify(zero))).toEqual({ [codes.runtimeDown]: '"ServerVersion": ""' });
    expect(found(JSON.stringify({ ...zero, ServerVersion: "28.2.2" }))).toEqual({});
  });

  it("is seen where the server part should begin", () => {
    const client = "Client:\n Version:    28.2.2\n Context:    default\n";
    expect(found(`${client}\nServer:\n`)).toEqual({ [codes.runtimeDown]: "Server:" });
    expect(found(`${client}\nServer:\nERROR: Cannot connect\n`)).toEqual({ [codes.runtimeDown]: "Server:" });
    expect(found(`${client}\nServer:\n Containers: 2\n`)).toEqual({});
    expect(found("Server:\n")).toEqual({});
  });

  it.each([
    [[{ status: "not running", appRoot: "/x" }], true],
    [{ status: "unregistered", installRoot: "/usr/local/" }, true],
    [{ status: "running", apiServerVersion: "1.0" }, false],
    [{ status: "not running" }, false],
  ])("is read from Apple's status %j", (status, down) => {
    expect(Object.keys(found(JSON.stringify(status)))).toEqual(down ? [codes.runtimeDown] : []);
  });
});

it.each(["unhealthy", "restarting\n"])("takes the one-word answer %j", (text) => {
  expect(Object.keys(found(text))).toEqual([codes.containerUnhealthy]);
});

it.each([
  "running",
  "healthy",
  '{"status":"open","State":"merged","ID":7}',
  '{"State":{"Status":"ok"}}',
  '{"Name":"x","Status":"Exited early"}',
])("says nothing about %j", (text) => expect(found(text)).toEqual({}));
