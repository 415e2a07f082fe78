import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeWaitStatus, parseListBlock, parseListTable } from "./parse-list.ts";

describe("parseListTable", () => {
  it("tells running jobs, exit codes and signals apart", () => {
    const table = "PID\tStatus\tLabel\n-\t78\tcom.example.mail\n-\t-9\tcom.example.killed\n69375\t0\tcom.example.up\n";
    expect(parseListTable(table)).toEqual([
      { label: "com.example.mail", lastEnd: { exitCode: 78 } },
      { label: "com.example.killed", lastEnd: { signal: "SIGKILL" } },
      { label: "com.example.up", pid: 69_375, lastEnd: { exitCode: 0 } },
    ]);
  });

  it("reads a table whose tabs were pasted as spaces", () => {
    expect(parseListTable("69375    0   com.example.up")).toMatchObject([{ label: "com.example.up", pid: 69_375 }]);
  });

  it("finds nothing in other text", () => {
    expect(parseListTable("Could not find service\n\n")).toEqual([]);
  });
});

describe("parseListBlock", () => {
  const block = `{
\t"StandardOutPath" = "/tmp/out.log";
\t"Label" = "com.example.helper";
\t"OnDemand" = false;
\t"LastExitStatus" = 9;
\t"PID" = 709;
\t"Program" = "/opt/with space/helper";
\t"MachServices" = {
\t\t"com.example.port" = mach-port-object;
\t\t"PID" = 1;
\t};
\t"ProgramArguments" = (
\t\t"/opt/with space/helper";
\t\t"--flag=\\"x\\"";
\t);
};
`;

  it("reads the job's own lines and its arguments", () => {
    expect(parseListBlock(block)).toEqual({
      label: "com.example.helper",
      pid: 709,
      program: "/opt/with space/helper",
      argv: ["/opt/with space/helper", '--flag=\\"x\\"'],
      stdoutPath: "/tmp/out.log",
      onDemand: false,
      lastEnd: { signal: "SIGKILL" },
    });
  });

  it("has no pid when the job does not run", () => {
    expect(parseListBlock(block.replace(/\t"PID" = 709;\n/, ""))).not.toHaveProperty("pid");
  });

  it("is null for text that is no block", () => {
    expect(parseListBlock('Could not find service "x" in domain for port\n')).toBeNull();
  });
});

describe("decodeWaitStatus", () => {
  it.each([
    [0, { exitCode: 0 }],
    [256, { exitCode: 1 }],
    [19_968, { exitCode: 78 }],
    [9, { signal: "SIGKILL" }],
    [15, { signal: "SIGTERM" }],
    [139, { signal: "SIGSEGV" }],
  ])("reads %d", (status, end) => {
    expect(decodeWaitStatus(status)).toEqual(end);
  });
});

const samples = "../shared/samples/system";
describe.runIf(existsSync(samples))("published outputs (needs samples)", () => {
  const block = (name: string) => parseListBlock(readFileSync(`${samples}/launchctl-list-${name}.txt`, "utf8"));
  it("are read as their authors read them", () => {
    expect(block("05-label-running")).toMatchObject({ pid: 85_615, onDemand: false, lastEnd: { exitCode: 0 } });
    expect(block("06-label-idle-ondemand")).toMatchObject({ onDemand: true });
    expect(block("06-label-idle-ondemand")).not.toHaveProperty("pid");
    expect(block("08-label-running-prev-sigkill")).toMatchObject({ pid: 64_367, lastEnd: { signal: "SIGKILL" } });
    expect(block("09-label-machservices")).toMatchObject({ pid: 709, label: "mouse.fix.helper" });
    expect(block("10-label-programarguments")?.argv).toHaveLength(3);
    expect(block("11-label-exit78-raw19968")).toMatchObject({ lastEnd: { exitCode: 78 } });
  });
});
