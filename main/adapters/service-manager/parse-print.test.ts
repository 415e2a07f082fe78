import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { launchdReading } from "./launchd-reading.ts";
import { parsePrint, printedEnvironmentValue } from "./parse-print.ts";

const text = `gui/501/dev.example.worker = {
\tactive count = 1
\tpath = /Users/sam/Library/LaunchAgents/dev.example.worker.plist
\ttype = LaunchAgent
\tstate = running

\tprogram = /opt/worker
\targuments = {
\t\t/opt/worker
\t\t--name
\t\tstate = stopped
\t}

\tenvironment = {
\t\tOSLogRateLimit => 64
\t\tTOKEN => canary-value
\t\tLIST => a => b
\t\tXPC_SERVICE_NAME => dev.example.worker
\t}

\tLWCR = {
\t\t"reqs" => {
\t\t\t"$in" => [
\t\t\t\t0 = \t\t\t]
\t\t}
\t}

\truns = 4
\tpid = 77
\tlast exit code = 0
\tendpoints = {
\t\tport = 1
\t\tstate = active
\t}
\truns = 9
\tsubmitted job. ignore execute allowed
\tproperties = keepalive | runatload | has LWCR
}
`;

describe("parsePrint", () => {
  it("takes only the job's own lines, and the first of each", () => {
    const job = parsePrint(text);
    expect(job?.fields.get("state")).toBe("running");
    expect(job?.fields.get("runs")).toBe("4");
    expect(job?.fields.has("port")).toBe(false);
    expect(job?.fields.get("pid")).toBe("77");
  });

  it("keeps arguments as they are, also one that looks like a field", () => {
    expect(parsePrint(text)?.argv).toEqual(["/opt/worker", "--name", "state = stopped"]);
  });

  it("keeps names of variables, leaves out launchd's own, and keeps no value", () => {
    const job = parsePrint(text);
    expect(job?.environmentNames).toEqual(["TOKEN", "LIST"]);
    const kept = [...(job?.fields.values() ?? []), ...(job?.argv ?? []), ...(job?.environmentNames ?? [])].join(" ");
    expect(kept).not.toContain("canary-value");
  });

  it("reads one value out of the text on demand", () => {
    expect(printedEnvironmentValue(text, "TOKEN")).toBe("canary-value");
    expect(printedEnvironmentValue(text, "LIST")).toBe("a => b");
    expect(printedEnvironmentValue(text, "PATH")).toBeNull();
  });

  it("takes properties apart, and has none where none are printed", () => {
    expect(parsePrint(text)?.properties).toEqual(new Set(["keepalive", "runatload", "has LWCR"]));
    expect(parsePrint("gui/1/x = {\n\tstate = running\n}")?.properties).toBeNull();
  });

  it("reads text whose tabs were pasted as spaces", () => {
    const job = parsePrint(text.replaceAll("\t", "        "));
    expect(job?.fields.get("state")).toBe("running");
    expect(job?.argv).toHaveLength(3);
  });

  it("does not take an empty block of event triggers for a trigger", () => {
    expect(parsePrint("x = {\n\tstate = running\n\tevent triggers = {\n\t}\n}")?.hasEventTriggers).toBe(false);
  });

  it("finds no job in other text, nor in a block cut off at its head", () => {
    for (const other of ["", "Bad request.\n", "gui/501/x = {\n", "state = running\n"]) expect(parsePrint(other)).toBeNull();
  });

  it("survives a huge and a hostile text", () => {
    const huge = `x = {\n\tstate = running\n${"\t\t\t{\n".repeat(50_000)}${"\t".repeat(100_000)}}\n`;
    expect(parsePrint(huge)?.fields.get("state")).toBe("running");
  });
});

it("reads lines that were copied out of a job, without the block around them", () => {
  const job = parsePrint("state = spawn scheduled\nruns = 57\nlast exit code = 1\nproperties = keepalive | runatload\n");
  expect(job && launchdReading(job)).toMatchObject({
    state: "waiting-to-restart",
    runs: 57,
    lastEnd: { exitCode: 1 },
    keepAlive: "always",
  });
  expect(parsePrint("the state = good\n")).toBeNull();
  expect(parsePrint("state = good\n")).toBeNull();
});

// Real outputs that others published, with the reading that their authors stated.
const samples = "../shared/samples/system";
describe.runIf(existsSync(samples))("published outputs (needs samples)", () => {
  const readings: readonly (readonly [string, object])[] = [
    ["02-running-keepalive-dict", { state: "running", pid: 1082, runs: 1, keepAlive: "on-failure", throttleSeconds: 30, runAtLoad: true }],
    [
      "03-running-after-sigterm",
      { state: "running", pid: 35_711, runs: 2, lastEnd: { signal: "SIGTERM" }, onDemand: true, workingDirectory: "/" },
    ],
    ["04-running-high-runs", { state: "running", runs: 371, keepAlive: "on-failure", lastEnd: { signal: "SIGTERM" } }],
    ["06-running-event-triggers", { state: "running", pid: 4669, onDemand: true }],
    ["07-notrunning-exit1", { state: "failed", runs: 4, lastEnd: { exitCode: 1 }, onDemand: true, keepAlive: "never" }],
    ["08-notrunning-interval", { state: "stopped", runs: 18, lastEnd: { exitCode: 0 }, onDemand: true }],
    ["09-notrunning-neverrun", { state: "stopped", runs: 0, needsReload: true }],
    ["10-crashloop-spawnscheduled-78", { state: "waiting-to-restart", runs: 22_138, lastEnd: { exitCode: 78, reason: "spawn failed" } }],
    ["11-running-smappservice", { state: "running", pid: 64_011, runs: 2 }],
    ["14-codesigning", { state: "waiting-to-restart", runs: 153, lastEnd: { reason: "OS_REASON_CODESIGNING" } }],
    ["15-notrunning-smappservice", { state: "stopped", lastEnd: { exitCode: 0 }, keepAlive: "on-failure" }],
    ["16-spawnscheduled-exit0", { state: "waiting-to-restart", runs: 640, lastEnd: { exitCode: 0 }, keepAlive: "always" }],
    ["21-daemon-running", { state: "running", pid: 573, runs: 1 }],
    ["22-daemon-never-run", { state: "stopped", runs: 0, argv: ["/bin/sleep", "600"] }],
    ["26-jetsam", { state: "stopped", lastEnd: { reason: "JETSAM_REASON_MEMORY_IDLE_EXIT" } }],
    ["27-mojave", { state: "running", pid: 1486, runs: 3 }],
    ["30-CONSTRUCTED", { state: "waiting-to-restart", runs: 57, keepAlive: "always", environmentNames: ["HOME", "PATH"] }],
  ];

  it.each(readings)("%s", (part, expected) => {
    const file = readdirSync(samples).find((name) => name.startsWith(`launchctl-print-${part}`)) ?? "missing";
    const job = parsePrint(readFileSync(join(samples, file), "utf8"));
    expect(job && launchdReading(job)).toMatchObject(expected);
  });

  it("has no file of its own for an item that an application registered", () => {
    const job = parsePrint(readFileSync(join(samples, "launchctl-print-11-running-smappservice.txt"), "utf8"));
    expect(job && launchdReading(job)).not.toHaveProperty("definitionPath");
  });
});
