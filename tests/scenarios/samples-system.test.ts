import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLsof } from "../../main/adapters/machine/parse-lsof.ts";
import { securityCli } from "../../main/adapters/secret-store/security-cli.ts";
import { readLaunchctlFailure } from "../../main/adapters/service-manager/launchctl-failure.ts";
import { launchctlRefusal } from "../../main/adapters/service-manager/launchctl-refusal.ts";
import { launchdReading } from "../../main/adapters/service-manager/launchd-reading.ts";
import { parseListBlock, parseListTable } from "../../main/adapters/service-manager/parse-list.ts";
import { parsePrint } from "../../main/adapters/service-manager/parse-print.ts";
import { parsePrintDisabled } from "../../main/adapters/service-manager/parse-print-disabled.ts";
import { classifyServiceUnit, type ServiceUnitState } from "../../main/catalog/probes/service-unit/index.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { explain } from "../../main/core/engine/explain.ts";

type Sample = { readonly fn: string; readonly rc: number; readonly reading: string; readonly stream: string };

const folder = new URL("../../../shared/samples/system/", import.meta.url).pathname;
const there = existsSync(`${folder}index.json`);
const textOf = ({ fn }: Sample): string => readFileSync(`${folder}${fn}`, "utf8");

/** Samples whose names begin so and whose files are there; what the index says of them is taken apart, none is known by heart. */
const samples = (prefix: RegExp): readonly Sample[] => {
  const index: readonly Sample[] = there ? JSON.parse(readFileSync(`${folder}index.json`, "utf8")) : [];
  return index.filter(({ fn }) => prefix.test(fn) && existsSync(`${folder}${fn}`));
};
const number = (words: RegExp, reading: string): number | undefined => {
  const found = words.exec(reading)?.[1];
  return found === undefined ? undefined : Number(found);
};
const said = (facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

/** States of launchd that a stated reading leaves open. */
function statesFor(reading: string): readonly string[] {
  if (/^STARTING/.test(reading)) return ["starting"];
  if (/^RUNNING|state = running/.test(reading)) return ["running"];
  if (/spawn scheduled|THROTTLED RESPAWN/i.test(reading)) return ["waiting-to-restart"];
  if (/clean|NOT RUNNING = OK|never (?:run|started)|idle-exited/i.test(reading)) return ["stopped"];
  return ["stopped", "failed"];
}

function judgementsFor(reading: string): readonly ServiceUnitState[] | undefined {
  if (/code.?sign|OS_REASON_CODESIGNING/i.test(reading) && !/^LOADED/.test(reading)) return ["code-identity"];
  if (/exit 0/i.test(reading) && /RESPAWN/.test(reading)) return ["clean-respawn"];
  if (/^CRASH LOOP/.test(reading) && !/MID-RUN/.test(reading)) return ["crash-loop", "spawn-failed"];
  if (/^RUNNING/.test(reading)) return ["up"];
  return undefined;
}

describe.runIf(there)("recorded outputs of launchctl print (needs samples)", () => {
  const printed = samples(/^launchctl-print-\d/).filter(({ rc, stream }) => rc === 0 && stream === "stdout");

  it.each(printed.map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const { reading } = sample;
    const job = parsePrint(textOf(sample));
    // An excerpt of two lines is no job; what it tells is told by explaining it.
    if (job === null) return expect(explain(textOf(sample), stacks)[0]?.code).toBe("machine.service-unit.code-identity");
    const found = launchdReading(job);
    expect(statesFor(reading)).toContain(found.state);
    const reason = /\b(?:OS|JETSAM)_REASON_[A-Z_]+/.exec(/^LOADED/.test(reading) ? "" : reading)?.[0];
    expect(found).toMatchObject(
      said({
        pid: number(/\bpid (\d+)/, reading),
        runs: number(/\bruns[ =]+(\d+)/, reading),
        throttleSeconds: number(/ThrottleInterval[ =]+(\d+)/, reading),
        needsReload: /needs LWCR update/.test(reading) ? true : undefined,
      }),
    );
    expect(found.lastEnd ?? {}).toMatchObject(
      said({
        exitCode: number(/last exit (?:code = )?"?(\d+)/, reading),
        signal: /SIGTERM/.test(reading) ? "SIGTERM" : undefined,
        reason,
      }),
    );
    if (/never exited|never run/i.test(reading)) expect(found.lastEnd?.exitCode).toBeUndefined();
    if (/no pid|^NOT RUNNING/i.test(reading)) expect(found.pid).toBeUndefined();
    const judgements = judgementsFor(reading);
    if (judgements) expect(judgements).toContain(classifyServiceUnit(found));
    if (/SECURITY/.test(reading)) expect(JSON.stringify(found)).not.toMatch(/secret|token=|sk-/i);
  });

  it("are many", () => expect(printed.length).toBeGreaterThan(12));
});

describe.runIf(there)("recorded failures of launchctl (needs samples)", () => {
  const failures = samples(/^launchctl-(?:err|print-\d|list)/).filter(({ rc, stream }) => rc !== 0 && stream === "stderr");

  it.each(failures.map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const failure = readLaunchctlFailure(sample.rc, textOf(sample));
    const isAbsent = sample.rc === 113;
    const noSession = sample.rc === 112 || sample.rc === 125;
    expect(failure).toMatchObject(isAbsent ? { kind: "no-such-service" } : { kind: "unknown" });
    if (noSession) expect(failure).toMatchObject({ reason: "no-session" });
    expect(launchctlRefusal(sample.rc).meaning).not.toContain("launchctl error");
    if (/ownership/.test(textOf(sample))) expect(launchctlRefusal(sample.rc).next).toContain("644");
    if (/disabled store/.test(sample.reading) && sample.rc === 119) expect(launchctlRefusal(sample.rc).meaning).toContain("switched off");
  });

  it("are many", () => expect(failures.length).toBeGreaterThan(6));
});

describe.runIf(there)("recorded outputs of launchctl list and print-disabled (needs samples)", () => {
  const listed = samples(/^launchctl-list/).filter(({ stream }) => stream === "stdout");

  it.each(listed.map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const { reading } = sample;
    const text = textOf(sample);
    const jobs = text.trimStart().startsWith("{") ? [parseListBlock(text)] : parseListTable(text);
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) {
      if (/NOT RUNNING/.test(reading)) expect(job).not.toHaveProperty("pid");
      else if (/RUNNING/.test(reading)) expect(job?.pid).toBeGreaterThan(1);
      const pid = number(/\bpid (\d+)/i, reading);
      if (pid !== undefined) expect(job?.pid).toBe(pid);
      const exit = number(/(?:last exit|exit code|last status) (\d+)/, reading);
      if (/SIGKILL|signal 9/.test(reading)) expect(job?.lastEnd).toEqual({ signal: "SIGKILL" });
      else if (exit !== undefined) expect(job?.lastEnd).toEqual({ exitCode: exit });
    }
  });

  it.each(samples(/^launchctl-print-disabled/).map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const labels = [...parsePrintDisabled(textOf(sample))];
    expect(labels.length).toBeGreaterThan(0);
    const [off] = /(\S+) (?:is )?disabled/.exec(sample.reading)?.slice(1) ?? [];
    const named = labels.filter(([label]) => off !== undefined && label.endsWith(off));
    if (named.length > 0) expect(named.map(([, isOff]) => isOff)).toEqual([true]);
    // Old systems say true for what is switched off.
    for (const [label, isOff] of labels) {
      const words = isOff ? ["disabled", "true"] : ["enabled", "false"];
      expect(words.some((word) => textOf(sample).includes(`"${label}" => ${word}`))).toBe(true);
    }
  });
});

describe.runIf(there)("recorded outputs of plutil, docker, lsof and security (needs samples)", () => {
  const codeOf = (sample: Sample) => explain(textOf(sample), stacks)[0]?.code;

  it.each(samples(/^plutil/).map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const isFault = /^INVALID/.test(sample.reading);
    expect(codeOf(sample)).toBe(isFault ? "machine.service-unit.definition-refused" : undefined);
  });

  it.each(samples(/^docker/).map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const { reading } = sample;
    const isDown = /\bdown\b|stopped|not running|removed/i.test(reading) || sample.rc === 1;
    // An empty list means both that there is no such container and that nobody could be asked; nothing follows from it.
    if (textOf(sample).trim() === "[]") expect(codeOf(sample)).toBeUndefined();
    else if (/UNHEALTHY|CRASH LOOP/.test(reading)) expect(codeOf(sample)).toBe("machine.container.unhealthy");
    else expect(codeOf(sample)).toBe(isDown ? "machine.container.runtime-down" : undefined);
  });

  it.each(samples(/^lsof/).map((one) => [one.fn, one] as const))("%s", (_, sample) => {
    const listeners = parseLsof(textOf(sample));
    if (/FREE/.test(sample.reading)) return expect(listeners).toEqual([]);
    const pid = number(/\bpid (\d+)/, sample.reading);
    expect(listeners.length).toBeGreaterThan(0);
    expect(listeners.every((each) => each.port > 0 && each.pid > 0)).toBe(true);
    if (pid !== undefined) expect(listeners.map((each) => each.pid)).toEqual([pid]);
  });

  it.each(
    samples(/^security/)
      .filter(({ rc }) => rc !== 0)
      .map((one) => [one.fn, one] as const),
  )("%s", async (_, sample) => {
    const streams = { stdout: "", stderr: "", [sample.stream]: textOf(sample) };
    const outcome = { kind: "exited" as const, exitCode: sample.rc, truncated: false, durationMs: 1, ...streams };
    const store = securityCli({ run: async () => outcome, locate: async () => null, locateAll: async () => [] });
    const kind = /NOT FOUND/.test(sample.reading) ? "missing" : /LOCKED/.test(sample.reading) ? "locked" : expect.any(String);
    expect(await store.read({ service: "s", account: "a" })).toMatchObject({ kind, reason: expect.stringMatching(/\w+ \w+/) });
  });
});
