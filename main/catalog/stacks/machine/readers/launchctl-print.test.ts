import { describe, expect, it } from "vitest";
import { codes } from "../codes.ts";
import { launchctlPrint } from "./launchctl-print.ts";

type Job = {
  readonly state?: string;
  readonly runs?: number;
  readonly pid?: number;
  readonly code?: string;
  readonly signal?: string;
  readonly reason?: string;
  readonly jobState?: string;
  readonly properties?: string;
  readonly more?: readonly string[];
};

/** A job as the command prints it, with the nested blocks that repeat its keys. */
function printed(job: Job, label = "gui/501/org.example.agent"): string {
  const own: readonly (readonly [string, string | number | undefined])[] = [
    ["state", job.state],
    ["runs", job.runs],
    ["pid", job.pid],
    ["last exit code", job.code],
    ["last terminating signal", job.signal],
    ["last exit reason", job.reason],
    ["job state", job.jobState],
    ["properties", job.properties],
  ];
  return [
    `${label} = {`,
    "\tactive count = 0",
    "\ttype = LaunchAgent",
    ...own.flatMap(([key, value]) => (value === undefined ? [] : [`\t${key} = ${value}`])),
    ...(job.more ?? []).map((line) => `\t${line}`),
    "\tresource coalition = {",
    "\t\tstate = active",
    "\t\truns = 99999",
    "\t\tactive count = 1",
    "\t}",
    "}",
  ].join("\n");
}

/** Every opinion on a text, surest first: code and deciding line. */
const opinions = (text: string): readonly (readonly [string, string])[] =>
  launchctlPrint
    .flatMap((signature) => {
      const hit = signature.read(text);
      return hit === null ? [] : [{ code: signature.code, ...hit }];
    })
    .sort((a, b) => b.confidence - a.confidence)
    .map((one) => [one.code, one.line] as const);
const first = (job: Job): string | undefined => opinions(printed(job))[0]?.[0];

describe("a job between two starts", () => {
  it("is a crash loop after a bad end, shown by the line of the end", () => {
    expect(opinions(printed({ state: "spawn scheduled", runs: 57, code: "1" }))).toEqual([[codes.crashLoop, "last exit code = 1"]]);
  });

  it("is a fault of the definition after a clean end", () => {
    expect(opinions(printed({ state: "spawn scheduled", runs: 640, code: "0" }))).toEqual([
      [codes.cleanRespawn, "state = spawn scheduled"],
    ]);
  });

  it("cannot be spawned after 78, 126 or 127, and loops as well", () => {
    for (const code of ["78: EX_CONFIG", "126", "127"]) {
      expect(opinions(printed({ state: "spawn scheduled", runs: 9, code })).map(([name]) => name)).toEqual([
        codes.spawnFailed,
        codes.crashLoop,
      ]);
    }
  });

  it("names the reason of the kernel before everything else", () => {
    expect(first({ state: "spawn scheduled", reason: "OS_REASON_CODESIGNING", jobState: "spawn failed" })).toBe(codes.codeIdentity);
    expect(first({ state: "spawn scheduled", reason: "OS_REASON_EXEC", jobState: "spawn failed" })).toBe(codes.spawnFailed);
    expect(first({ state: "spawn scheduled", reason: "JETSAM_REASON_MEMORY_HIGHWATER" })).toBe(codes.memoryKilled);
  });

  it("is only a failed spawn when nothing else is known", () => {
    expect(first({ state: "spawn scheduled", runs: 2, jobState: "spawn failed" })).toBe(codes.spawnFailed);
  });

  it("says nothing when it was stopped, or has not ended yet", () => {
    expect(first({ state: "spawn scheduled", runs: 2, signal: "Terminated: 15" })).toBeUndefined();
    expect(first({ state: "spawn scheduled", runs: 1, code: "(never exited)" })).toBeUndefined();
  });
});

describe("a job without a process", () => {
  it.each<[string, Job, string | undefined]>([
    ["that never ran", { runs: 0, code: "(never exited)" }, codes.neverStarted],
    ["whose start is put off", { runs: 0, more: ["pended nondemand spawn = speculative"] }, codes.neverStarted],
    ["that failed", { runs: 4, code: "1" }, codes.crashLoop],
    ["that could not be spawned", { runs: 1, code: "78: EX_CONFIG" }, codes.spawnFailed],
    ["that crashed", { runs: 2, signal: "Segmentation fault: 11" }, codes.crashLoop],
    ["that was killed", { runs: 2, signal: "Killed: 9" }, codes.codeIdentity],
    ["that was out of memory", { runs: 2, reason: "JETSAM_REASON_MEMORY_VMPAGESHORTAGE" }, codes.memoryKilled],
    ["that ended with 137", { runs: 2, code: "137" }, codes.memoryKilled],
    ["that ended well", { runs: 18, code: "0" }, undefined],
    ["that was stopped", { runs: 2, signal: "Terminated: 15" }, undefined],
    ["that was interrupted", { runs: 2, code: "130" }, undefined],
    ["that was idle", { runs: 2, reason: "JETSAM_REASON_MEMORY_IDLE_EXIT" }, undefined],
    ["that ended well after its code changed", { runs: 3, code: "0", properties: "runatload | needs LWCR update" }, undefined],
  ])("%s", (_, job, code) => expect(first({ state: "not running", ...job })).toBe(code));
});

describe("a job with a process", () => {
  it.each<[string, Job, string | undefined]>([
    ["for the first time", { runs: 1, code: "(never exited)" }, undefined],
    ["after somebody restarted it", { runs: 2, signal: "Terminated: 15" }, undefined],
    ["after many clean restarts", { runs: 371, signal: "Terminated: 15" }, undefined],
    ["after a few failures", { runs: 12, code: "1" }, undefined],
    ["after thousands of failures", { runs: 38_771, code: "1" }, codes.crashLoop],
    ["after thousands of kills", { runs: 2_000, signal: "Killed: 9" }, codes.crashLoop],
    ["after some kills", { runs: 200, signal: "Killed: 9" }, undefined],
    ["by the clock, whatever its count", { runs: 9_000, code: "1", more: ["run interval = 60 seconds"] }, undefined],
    ["by an event, whatever its count", { runs: 9_000, code: "1", more: ["event triggers = {", "}"] }, undefined],
    ["of a changed program", { runs: 1, properties: "keepalive | needs LWCR update" }, undefined],
  ])("running %s", (_, job, code) => expect(first({ state: "running", pid: 77, ...job })).toBe(code));

  it.each(["xpcproxy", "spawning"])("that is only starting (%s) is not judged by its last end", (state) => {
    expect(first({ state, pid: 77, runs: 3, code: "1" })).toBeUndefined();
    expect(first({ state, pid: 77, runs: 300, code: "1" })).toBe(codes.crashLoop);
  });

  it.each(["SIGTERMed", "SIGKILLed", "languishing"])("that is on its way out (%s) is in transition", (state) => {
    expect(first({ state, pid: 77, runs: 3 })).toBe(codes.inTransition);
  });
});

describe("two looks at one job", () => {
  const look = (runs: number, label?: string): string => printed({ state: "running", pid: runs, runs, code: "1" }, label);

  it("show a loop that one look cannot", () => {
    expect(opinions(look(4))).toEqual([]);
    expect(opinions(`${look(4)}\n${look(6)}`)).toEqual([[codes.crashLoop, "runs = 6"]]);
  });

  it("show none when the count stands still, fell, or belongs to another job", () => {
    expect(opinions(`${look(4)}\n${look(4)}`)).toEqual([]);
    expect(opinions(`${look(9)}\n${look(1)}`)).toEqual([]);
    expect(opinions(`${look(4)}\n${look(6, "gui/501/org.example.other")}`)).toEqual([]);
  });
});

describe("an old release", () => {
  it("counts successive crashes itself", () => {
    expect(first({ state: "not running", more: ["successive crashes = 4"] })).toBe(codes.crashLoop);
    expect(first({ state: "running", pid: 3, runs: 3, code: "0", more: ["successive crashes = 0"] })).toBeUndefined();
  });
});
