import { describe, expect, it } from "vitest";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { launchdEndWords, proveRunning } from "./launchd-proof.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const job = (state: Loaded["state"], more: Partial<Loaded> = {}): Loaded => ({ kind: "loaded", state, rawState: state, runs: 1, ...more });

/** Proves a job whose readings follow from the time since the order, and tells how long it took. */
const prove = async (at: (ms: number) => ServiceReading, before?: Loaded, signal?: AbortSignal) => {
  const clock = manualClock();
  const lines: string[] = [];
  const acted = proveRunning({
    label: "org.example.agent",
    read: async () => at(clock.monotonicMs()),
    clock,
    lastLine: async () => "it said this",
    pollMs: 250,
    patienceMs: 10_000,
    settleMs: 1500,
    progress: (text) => lines.push(text),
    ...(before ? { before } : {}),
    ...(signal ? { signal } : {}),
  });
  let tookMs = -1;
  void acted.then(() => {
    tookMs = clock.monotonicMs();
  });
  for (let waited = 0; tookMs < 0 && waited < 120_000; waited += 250) await clock.advance(250);
  return { acted: await acted, tookMs, lines };
};

describe("a job that was ordered to run", () => {
  it("has started once its process has kept running for a while", async () => {
    const { acted, tookMs } = await prove((ms) => (ms < 2000 ? job("starting", { pid: 8 }) : job("running", { pid: 9 })));
    expect(acted).toEqual({ kind: "done", detail: "org.example.agent runs as process 9.", pid: 9 });
    expect(tookMs).toBeGreaterThanOrEqual(3500);
  });

  it("has not started when another process takes the place of the first", async () => {
    const { acted } = await prove((ms) => job("running", { pid: ms < 1000 ? 9 : 10, lastEnd: { exitCode: 1 } }));
    expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining("with exit code 1. Its last line: it said this") });
  });

  it("has not started when it waits for its next start after a new run", async () => {
    const { acted, tookMs } = await prove(() => job("waiting-to-restart", { runs: 1, lastEnd: { exitCode: 78 } }));
    expect(acted).toMatchObject({ kind: "failed", next: expect.stringContaining("go on starting it") });
    expect(tookMs).toBe(0);
  });

  it("is waited for through the pause between starts, which is told", async () => {
    const before = job("running", { pid: 9, runs: 4 });
    const pause = (ms: number) =>
      ms < 20_000
        ? job("waiting-to-restart", { runs: 4, throttleSeconds: 30, nextTryMs: 20_000 - ms, lastEnd: { signal: "SIGTERM" } })
        : job("running", { pid: 11, runs: 5 });
    const { acted, lines } = await prove(pause, before);
    expect(acted).toMatchObject({ kind: "done", pid: 11 });
    expect(lines).toEqual(["launchd lets some time pass between starts: next try in 20 s."]);
  });

  it("is not waited for longer than a minute, whatever the pause", async () => {
    const { acted, tookMs } = await prove(() => job("waiting-to-restart", { runs: 4, throttleSeconds: 1200 }), job("running", { runs: 4 }));
    expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining('"waiting-to-restart"') });
    expect(tookMs).toBeLessThanOrEqual(61_000);
  });

  it("is done when it was to do its work once", async () => {
    const { acted } = await prove(() => job("stopped", { lastEnd: { exitCode: 0 }, keepAlive: "never" }));
    expect(acted).toEqual({ kind: "done", detail: "org.example.agent ran and ended well." });
  });

  it("has failed when it ends well although it should go on", async () => {
    const { acted } = await prove(() => job("waiting-to-restart", { lastEnd: { exitCode: 0 }, keepAlive: "always" }));
    expect(acted).toMatchObject({ kind: "failed" });
  });

  it("is not taken for restarted while the old process is there", async () => {
    const { acted } = await prove(() => job("running", { pid: 9 }), job("running", { pid: 9 }));
    expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining("no process of org.example.agent came") });
  });

  it("is told with what is wrong with its definition", async () => {
    const definitionFaults = ["Its program is not there: /opt/agent"];
    const { acted } = await prove(() => job("failed", { lastEnd: { exitCode: 78 }, definitionFaults }));
    expect(acted).toMatchObject({ meaning: expect.stringContaining("Its program is not there: /opt/agent.") });
  });

  it("is not awaited after a cancellation", async () => {
    const { acted, tookMs } = await prove(() => job("starting"), undefined, AbortSignal.abort("enough"));
    expect([acted.kind, tookMs]).toEqual(["cancelled", 0]);
  });

  it.each<[string, ServiceReading, string]>([
    ["stays loaded without a process", job("stopped", { runs: 0 }), "no process"],
    ["vanishes", { kind: "not-installed" }, "not loaded any more"],
    ["is switched off meanwhile", { kind: "not-loaded", definitionPath: "/x", disabled: true }, "switched off"],
    ["cannot be asked about any more", { kind: "unknown", reason: "no-session", detail: "" }, "no desktop session"],
  ])("has failed within its patience when it %s", async (_, reading, words) => {
    const { acted, tookMs } = await prove(() => reading);
    expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining(words) });
    expect(tookMs).toBeLessThan(13_000);
  });
});

it.each([
  [{ exitCode: 3 }, "with exit code 3"],
  [
    { exitCode: 78, reason: "EX_CONFIG" },
    "with exit code 78 (its program, its folder or the folder of its logs is missing or not allowed)",
  ],
  [{ signal: "SIGKILL" }, "by SIGKILL"],
  [{ signal: "SIGKILL", reason: "OS_REASON_CODESIGNING" }, "because its program was replaced after it was loaded"],
  [{ reason: "OS_REASON_DYLD" }, "because a library it needs is missing"],
  [{ reason: "JETSAM_REASON_MEMORY_HIGHWATER" }, "because the system ran short of memory"],
  [undefined, "and launchd does not say how"],
])("tells the end %j as a sentence goes on", (end, words) => expect(launchdEndWords(end)).toBe(words));
