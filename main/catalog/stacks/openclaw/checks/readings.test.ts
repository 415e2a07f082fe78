import { describe, expect, it } from "vitest";
import { onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { bindChecks } from "./index.ts";

type Name = "channels" | "models" | "cron" | "nodes" | "devices";

/** Verdict of one reading check on a gateway that answers its calls like this. */
async function judged(name: Name, answers: Readonly<Record<string, unknown>>) {
  const there = onMac({ peer: { answers } });
  const settings = OpenClawSettings.parse({ scopes: ["operator.read", "operator.pairing"] });
  const place = await findPlace(settings, there.context);
  if (place === null) throw new Error("not found");
  const checks = bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, settings);
  const check = checks[name];
  if (check === undefined) throw new Error("no such check");
  return check.judge(await running(there, check.observe(there.context)), []);
}

const calls: Readonly<Record<Name, string>> = {
  channels: "channels.status",
  models: "models.authStatus",
  cron: "cron.list",
  nodes: "node.list",
  devices: "device.pair.list",
};
const names = Object.keys(calls) as Name[];
const nothingThere = { channelAccounts: {}, channels: {}, providers: [], jobs: [], nodes: [], pending: [], paired: [] };

describe("an answer to a call", () => {
  it.each(names)("of %s that is not what we know lights grey, not green and not “nothing set up”", async (name) => {
    for (const payload of [
      null,
      7,
      "text",
      [],
      {},
      { channelAccounts: [], channels: 1, providers: {}, jobs: "x", nodes: {}, pending: {} },
    ]) {
      const verdict = await judged(name, { "cron.status": {}, "last-heartbeat": {}, [calls[name]]: payload });
      expect(verdict).toEqual({ light: "grey", summary: "The answer is none that we understand" });
    }
  });

  it.each(names.filter((name) => name !== "devices"))("of %s that lists nothing is no reason for a lamp", async (name) => {
    const verdict = await judged(name, { "cron.status": {}, "last-heartbeat": {}, [calls[name]]: nothingThere });
    expect(verdict).toMatchObject({ light: "grey", applies: false });
    expect(verdict.summary).toMatch(/^No /);
  });

  it.each(names)("of %s that the release does not know is told as such", async (name) => {
    expect(await judged(name, {})).toEqual({ light: "grey", summary: "This release does not tell", applies: false });
  });

  it("that is too long to be kept lights grey, because the trouble may stand at its end", async () => {
    const account = { running: true, connected: true, lifecycle: "ready", enabled: true, configured: true };
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`c${i}`, [account]]));
    expect(await judged("channels", { [calls.channels]: { channelAccounts: many } })).toEqual({
      light: "grey",
      summary: "The answer is too long to be read whole",
    });
    const bad = { c0: [{ ...account, running: false }], ...many };
    expect((await judged("channels", { [calls.channels]: { channelAccounts: bad } })).light).toBe("grey");
    expect(
      (await judged("channels", { [calls.channels]: { channelAccounts: { ...many, c0: [{ ...account, running: false }] } } })).light,
    ).toBe("red");
  });
});

describe("a list of jobs that comes page by page", () => {
  const job = (i: number, more: object = {}) => ({
    id: `j${i}`,
    name: `Job ${i}`,
    enabled: true,
    schedule: { kind: "every" },
    state: {},
    ...more,
  });
  const failed = { state: { lastRunStatus: "error", lastError: "no such model" } };
  /** A gateway with so many jobs, which counts the pages it was asked for. */
  const inPages = (total: number, bad: readonly number[] = [], perPage = 200) => {
    const asked: unknown[] = [];
    const list = (params: { offset?: number }) => {
      const { offset = 0 } = params;
      asked.push(params);
      const jobs = Array.from({ length: Math.min(perPage, total - offset) }, (_, i) =>
        job(offset + i, bad.includes(offset + i) ? failed : {}),
      );
      const next = offset + jobs.length;
      return { jobs, total, offset, limit: perPage, hasMore: next < total, nextOffset: next < total ? next : null };
    };
    return { asked, answers: { "cron.status": { enabled: true, jobs: total }, "last-heartbeat": {}, "cron.list": list } };
  };

  it("is read to its end, so that trouble on the last page is told", async () => {
    const { asked, answers } = inPages(450, [449]);
    expect(await judged("cron", answers)).toMatchObject({ light: "amber", summary: expect.stringContaining("Job 449 failed") });
    expect(asked).toEqual([{}, { offset: 200 }, { offset: 400 }]);
  });

  it("counts all jobs when all are well", async () => {
    expect(await judged("cron", inPages(450).answers)).toMatchObject({ light: "green", summary: "450 jobs on schedule" });
  });

  it("with more than is ever read is not called well, and says how far it was judged", async () => {
    const { asked, answers } = inPages(5_000);
    expect(await judged("cron", answers)).toMatchObject({ light: "grey", summary: "Only 1000 of 5000 jobs could be judged" });
    expect(asked).toHaveLength(5);
  });

  it("tells the trouble it saw, and that it did not see everything", async () => {
    const verdict = await judged("cron", inPages(5_000, [7]).answers);
    expect(verdict).toMatchObject({ light: "amber", summary: expect.stringMatching(/^Job 7 failed.*only 1000 of 5000 jobs/) });
  });

  it("does not go in circles with a gateway that always has more", async () => {
    let asked = 0;
    const list = () => {
      asked += 1;
      return { jobs: [job(1)], hasMore: true, nextOffset: 1, total: 9 };
    };
    const verdict = await judged("cron", { "cron.status": {}, "last-heartbeat": {}, "cron.list": list });
    expect(verdict).toMatchObject({ light: "grey", summary: "Only 1 of 9 jobs could be judged" });
    expect(asked).toBe(2);
  });
});
