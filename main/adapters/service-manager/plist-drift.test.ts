import { describe, expect, it } from "vitest";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import type { PlistDefinition } from "./plist-definitions.ts";
import { plistDrift } from "./plist-drift.ts";
import type { PlistValue } from "./plist-value.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

const definition = (more: Readonly<Record<string, PlistValue>> = {}, argv = ["/opt/agent", "--serve"], environment = { A: "1" }) => ({
  label: "org.example.agent",
  path: "/home/sam/org.example.agent.plist",
  scope: "user" as const,
  argv,
  environment,
  dict: new Map(Object.entries(more)),
});
const job = (more: Partial<Loaded> = {}): Loaded => ({
  kind: "loaded",
  state: "running",
  rawState: "running",
  argv: ["/opt/agent", "--serve"],
  environmentNames: ["A"],
  ...more,
});

describe("a definition and the job that launchd holds", () => {
  it("are the same when nothing changed", () => {
    const paths = { WorkingDirectory: "/tmp", StandardOutPath: "/tmp/o", StandardErrorPath: "/tmp/e" };
    expect(plistDrift(definition(paths), job({ workingDirectory: "/tmp", stdoutPath: "/tmp/o", stderrPath: "/tmp/e" }))).toEqual([]);
  });

  it.each<[string, PlistDefinition, Loaded, readonly string[]]>([
    ["another word", definition({}, ["/opt/agent", "--other"]), job(), ["the program and its arguments"]],
    ["another program", definition({}, ["/opt/new", "--serve"]), job(), ["the program and its arguments"]],
    ["a folder", definition({ WorkingDirectory: "/srv" }), job(), ["the working directory"]],
    ["a folder that is no longer set", definition(), job({ workingDirectory: "/srv" }), ["the working directory"]],
    ["a log", definition({ StandardOutPath: "/a" }), job({ stdoutPath: "/b" }), ["the file for its output"]],
    ["an error log", definition({ StandardErrorPath: "/a" }), job(), ["the file for its errors"]],
    ["a new variable", definition({}, undefined, { A: "1", ...{ NEW: "x" } }), job(), ["the variables NEW"]],
    ["a variable that is gone", definition(), job({ environmentNames: ["A", "OLD"] }), ["the variables OLD"]],
  ])("differ by %s", (_, onDisk, held, words) => expect(plistDrift(onDisk, held)).toEqual(words));

  it("are not called different for how launchctl prints words, or for what the system adds", () => {
    const words = ["/opt/agent", "", " padded ", "two\nlines"];
    expect(plistDrift(definition({}, words), job({ argv: ["/opt/agent", "padded", "two", "lines"] }))).toEqual([]);
    const led = job({ workingDirectory: "/private/tmp/a", stdoutPath: "/private/var/log/a" });
    expect(plistDrift(definition({ WorkingDirectory: "/tmp/a", StandardOutPath: "/var/log/a" }), led)).toEqual([]);
    const added = ["A", "PATH", "XPC_FLAGS", "SSH_AUTH_SOCK", "__CF_USER_TEXT_ENCODING"];
    expect(plistDrift(definition(), job({ environmentNames: added }))).toEqual([]);
  });

  it("are not compared where one of them is not known", () => {
    expect(plistDrift({ ...definition({ WorkingDirectory: "/srv" }), dict: null }, job())).toEqual([]);
    const { argv: _argv, environmentNames: _names, ...silent } = job();
    expect(plistDrift(definition({}, ["/opt/new"]), silent)).toEqual([]);
  });

  it("are told apart without any value", () => {
    expect(JSON.stringify(plistDrift(definition({}, undefined, { A: "1", ...{ TOKEN: "canary" } }), job()))).not.toContain("canary");
  });
});
