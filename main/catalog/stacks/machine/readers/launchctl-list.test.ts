import { describe, expect, it } from "vitest";
import { codes } from "../codes.ts";
import { launchctlList } from "./launchctl-list.ts";

const found = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    launchctlList.flatMap((signature) => {
      const hit = signature.read(text);
      return hit === null ? [] : [[signature.code, hit.line]];
    }),
  );

describe("the table of all jobs", () => {
  it.each([
    ["-\t1\torg.example.agent", codes.crashLoop],
    ["-\t-6\torg.example.agent", codes.crashLoop],
    ["-\t-9\torg.example.agent", codes.codeIdentity],
    ["-\t78\torg.example.agent", codes.spawnFailed],
    ["-\t127\torg.example.agent", codes.spawnFailed],
    ["-\t137\torg.example.agent", codes.memoryKilled],
    ["-    1    org.example.agent", codes.crashLoop],
  ])("tells %j", (row, code) => expect(Object.keys(found(row))).toEqual([code]));

  it.each([
    ["a clean end", "-\t0\torg.example.agent"],
    ["a stop", "-\t-15\torg.example.agent"],
    ["a stop of a runtime that ends with 143", "-\t143\torg.example.agent"],
    ["a job that runs again", "812\t1\torg.example.agent"],
    ["a job of the system", "-\t-9\tcom.apple.mdworker.shared"],
    ["a list in ordinary text", "- 78 files.changed\n- 1 org.example"],
    ["a diff of a binary file", "-\t-\tassets/icon.png"],
    ["counts of a commit", "12\t3\tsrc/index.ts"],
    ["a label without a dot, outside the table", "-\t1\texample"],
  ])("says nothing about %s", (_, row) => expect(found(row)).toEqual({}));

  it("trusts single blanks only under its own heading", () => {
    expect(found("- 78 org.example.agent")).toEqual({});
    expect(found("PID Status Label\n- 78 org.example.agent")).toEqual({ [codes.spawnFailed]: "- 78 org.example.agent" });
  });

  it("finds each kind once, among healthy rows", () => {
    const table = "PID\tStatus\tLabel\n812\t0\torg.a.b\n-\t0\torg.c.d\n-\t78\torg.e.f\n-\t2\torg.g.h\n-\t127\torg.i.j";
    expect(found(table)).toEqual({ [codes.spawnFailed]: "-\t78\torg.e.f", [codes.crashLoop]: "-\t2\torg.g.h" });
  });
});

describe("the block of one job", () => {
  const block = (status: number, pid?: number): string =>
    `{\n\t"Label" = "org.example.agent";\n\t"OnDemand" = false;\n\t"LastExitStatus" = ${status};\n${pid === undefined ? "" : `\t"PID" = ${pid};\n`}};`;

  it.each([
    [256, codes.crashLoop],
    [512, codes.crashLoop],
    [19_968, codes.spawnFailed],
    [32_512, codes.spawnFailed],
    [35_072, codes.memoryKilled],
    [9, codes.codeIdentity],
    [11, codes.crashLoop],
    [6 + 128, codes.crashLoop],
  ])("holds a raw wait status: %d", (status, code) => expect(Object.keys(found(block(status)))).toEqual([code]));

  it.each([0, 15, 2, 143 * 256, 130 * 256])("says nothing about %d, an end on request", (status) =>
    expect(found(block(status))).toEqual({}),
  );

  it("says nothing about a job that has a process", () => {
    expect(found(block(9, 64_367))).toEqual({});
    expect(found(block(256, 77))).toEqual({});
  });
});
