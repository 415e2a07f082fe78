import { describe, expect, it } from "vitest";
import { judgeCronStatus, judgeHeartbeat, judgeJobs, skipReasons } from "./cron.ts";

const now = 1_795_200_000_000;
const said = (raised: ReturnType<typeof judgeJobs>) => raised.flatMap((one) => one.evidence.map((line) => line.text));

describe("the scheduler", () => {
  it.each([
    [{ enabled: true, jobs: 3, nextWakeAtMs: now + 60_000 }, []],
    [{ enabled: true, jobs: 3, nextWakeAtMs: now - 90_000 }, []],
    [{ enabled: true, jobs: 3, nextWakeAtMs: now - 600_000 }, ["red"]],
    [{ enabled: false, jobs: 3 }, ["amber"]],
    [{ enabled: false, jobs: 0 }, []],
    [{ enabled: true, jobs: 0, nextWakeAtMs: null }, []],
    [{}, []],
  ])("with %j raises %j", (status, lights) => {
    expect(judgeCronStatus(status, now).map((one) => one.light)).toEqual(lights);
  });
});

describe("jobs", () => {
  const job = (change: Record<string, unknown>) => ({
    id: "j",
    name: "Digest",
    enabled: true,
    schedule: {},
    state: { lastRunStatus: "ok" },
    ...change,
  });

  it("says nothing about jobs that ran, wait, or are switched off", () => {
    expect(judgeJobs({ jobs: [job({}), job({ state: {} }), job({ enabled: false, state: { lastRunStatus: "error" } })] })).toEqual([]);
  });

  it.each([
    [
      { state: { lastRunStatus: "error", lastErrorReason: "auth", lastError: "HTTP 401" } },
      "Digest failed (the provider refused the credential): HTTP 401",
    ],
    [{ state: { lastRunStatus: "error", lastErrorReason: "strange" } }, "Digest failed (strange)"],
    [
      { state: { lastRunStatus: "ok", lastDeliveryStatus: "not-delivered", lastDeliveryError: "no chat" } },
      "Digest ran, and its result was not delivered: no chat",
    ],
    [
      { state: { lastRunStatus: "skipped", lastErrorReason: "no-route" } },
      "Digest was skipped: there is nowhere to deliver to: write to the bot once, or set a target",
    ],
    [{ state: { consecutiveErrors: 4 } }, "Digest failed 4 times in a row"],
    [
      { deliveryPreview: { detail: "last -> no route, will fail-closed" } },
      "Digest has nowhere to deliver to: last -> no route, will fail-closed",
    ],
  ])("speaks of %j", (change, words) => {
    expect(said(judgeJobs({ jobs: [job(change)] }))).toEqual([words]);
  });

  it("accepts a skip that is by design", () => {
    expect(judgeJobs({ jobs: [job({ state: { lastRunStatus: "skipped", lastErrorReason: "quiet-hours" } })] })).toEqual([]);
  });

  it("judges a list of runs by its newest entry", () => {
    const run = (status: string, error?: string) => ({ jobId: "j", jobName: "Digest", status, ...(error === undefined ? {} : { error }) });
    expect(judgeJobs({ entries: [run("ok"), run("error", "old")] })).toEqual([]);
    expect(said(judgeJobs({ entries: [run("error", "boom"), run("ok")] }))).toEqual(["Digest failed: boom"]);
  });

  it("finds the delivery preview that the list keeps apart", () => {
    expect(said(judgeJobs({ jobs: [job({})], deliveryPreviews: { j: { detail: "no route, will fail-closed" } } }))).toHaveLength(1);
  });
});

describe("heartbeats", () => {
  it.each(Object.entries(skipReasons))("skipped because of %s speaks only when that is no design", (reason, { fine }) => {
    expect(judgeHeartbeat({ status: "skipped", reason }).length).toBe(fine ? 0 : 1);
  });

  it("knows every reason that the documentation of OpenClaw names", () => {
    for (const reason of [
      "quiet-hours",
      "requests-in-flight",
      "cron-in-progress",
      "lanes-busy",
      "alerts-disabled",
      "empty-heartbeat-file",
      "no-tasks-due",
    ])
      expect(skipReasons[reason]).toBeDefined();
  });

  it("speaks of failures and of reasons nobody knows", () => {
    expect(judgeHeartbeat({ status: "failed", reason: "boom" })[0]?.evidence[0]?.text).toBe("The last heartbeat failed: boom");
    expect(judgeHeartbeat({ status: "skipped", reason: "cosmic-rays" })).toHaveLength(1);
    expect([judgeHeartbeat(null), judgeHeartbeat({ status: "sent" })]).toEqual([[], []]);
  });
});
