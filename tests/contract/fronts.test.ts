import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isCall } from "../../main/core/contract/define.ts";
import { CallFailed } from "../../main/core/contract/errors.ts";
import { contract, EXPLAIN_LIMIT, REPAIR_WAIT_LIMIT } from "../../main/core/contract/index.ts";
import { aRedSnapshot, aRepair, aSnapshot, fakeApp } from "../support/fake-app.ts";
import { eventually } from "../support/fake-terminal.ts";
import { type Front, fronts } from "../support/fronts.ts";

const SECRET = "planted-secret-value";
const finding = { stack: "acme", code: "acme.auth.refused" };

/** Every call of the contract, rightly and wrongly used. Each front must answer each line alike. */
const script: readonly (readonly [name: string, input: unknown])[] = [
  ["getSnapshot", {}],
  ["getSnapshot", undefined],
  ["getSnapshot", { surplus: 1 }],
  ["explain", { text: "unauthorized: token mismatch\nsecond line" }],
  ["explain", { text: `token mismatch ${SECRET}` }],
  ["explain", { text: "nothing known" }],
  ["explain", { text: "x".repeat(EXPLAIN_LIMIT) }],
  ["explain", { text: "x".repeat(EXPLAIN_LIMIT + 1) }],
  ["explain", {}],
  ["explain", { text: 7 }],
  ["explain", "text"],
  ["explain", [1, 2]],
  ["listSymptoms", {}],
  ["previewPlan", { ...finding, remedy: "copy-token" }],
  ["previewPlan", { ...finding, remedy: "nothing-like-it" }],
  ["previewPlan", { ...finding, code: "Not A Code", remedy: "copy-token" }],
  ["previewPlan", { stack: "nobody", code: finding.code, remedy: "copy-token" }],
  ["describeForCopy", {}],
  ["describeForCopy", finding],
  ["listDemos", {}],
  ["probeNow", {}],
  ["probeNow", { stack: "acme" }],
  ["probeNow", { stack: "nobody" }],
  ["setAttention", { visible: true }],
  ["setAttention", { visible: "yes" }],
  ["runDeep", { stack: "acme", check: "doctor" }],
  ["cancelDeep", { stack: "acme", check: "doctor" }],
  ["openDemo", { scenario: "all-green" }],
  ["previewPlan", { ...finding, remedy: "copy-token", brief: true }],
  ["previewPlan", { ...finding, remedy: "copy-token", brief: "yes" }],
  ["previewOperation", { stack: "acme", action: "restart" }],
  ["previewOperation", { stack: "acme", action: "explode" }],
  ["startRepair", { ...finding, remedy: "copy-token", confirmed: "once" }],
  ["startRepair", { ...finding, remedy: "copy-token" }],
  ["startRepair", { ...finding, remedy: "copy-token", confirmed: true }],
  ["startRepair", { ...finding, code: "Not A Code", remedy: "copy-token" }],
  ["operateStack", { stack: "acme", action: "stop" }],
  ["operateStack", { stack: "acme", action: "stop", confirmed: "twice" }],
  ["getRepair", { id: "r1" }],
  ["getRepair", { id: "r1", waitMs: REPAIR_WAIT_LIMIT + 1 }],
  ["answerRepair", { id: "r1", answer: "skip" }],
  ["answerRepair", { id: "r1", answer: "maybe" }],
  ["cancelRepair", { id: "r1" }],
  ["undoRepair", { id: "r1" }],
  ["undoRepair", { id: "r1", force: 1 }],
  ["resumeRepair", { id: "r1", how: "leave" }],
  ["resumeRepair", { id: "r1" }],
  ["listRepairs", {}],
  ["readJournal", {}],
  ["readJournal", { limit: 0 }],
  ["snapshotChanged", {}],
  ["deepProgress", {}],
  ["repairProgress", {}],
  ["toString", {}],
  ["__proto__", {}],
  ["constructor", {}],
  ["nothing-like-it", {}],
];

const makeApp = () => {
  const app = fakeApp({
    snapshot: aRedSnapshot({ notes: [`config.yaml: could not use ${SECRET}`] }),
    handlers: {
      runDeep: () => Promise.reject(new Error(`spawn failed with ${SECRET}`)),
      startRepair: async ({ confirmed }) => {
        if (confirmed === "no") throw new CallFailed("refused", `This plan must be confirmed, ${SECRET}.`);
        return aRepair({ sentence: `Repaired with ${SECRET}` });
      },
      listRepairs: async () => ({ running: [], interrupted: [aRepair({ title: SECRET })], ended: [aRepair()], intents: [] }),
      readJournal: async () => ({
        lines: [{ seq: 1, at: 0, what: "step-ended", facts: { detail: SECRET } }],
        whole: false,
        damage: SECRET,
      }),
    },
  });
  app.learn(SECRET);
  return app;
};

describe("the script of calls", () => {
  it("uses every call of the contract", () => {
    const names = Object.keys(contract).filter((name) => isCall(contract, name));
    expect(names.filter((name) => !script.some(([used]) => used === name))).toEqual([]);
  });

  const answers = new Map<string, readonly unknown[]>();
  beforeAll(async () => {
    for (const [name, open] of Object.entries(fronts)) {
      const front = await open(makeApp());
      const given = [];
      for (const [call, input] of script) given.push(await front.raw(call, input));
      answers.set(name, given);
      await front.close();
    }
  });

  it.each(Object.keys(fronts).filter((name) => name !== "in-process"))("is answered over %s exactly as in-process", (name) => {
    const expected = answers.get("in-process") ?? [];
    expect(expected).toHaveLength(script.length);
    script.forEach((line, i) => {
      expect([line[0], answers.get(name)?.[i]]).toEqual([line[0], expected[i]]);
    });
  });

  it("is answered with the right codes", () => {
    const codes = script.map(([name], i) => {
      const reply = answers.get("in-process")?.[i] as { ok: boolean; error?: { code: string } };
      return reply.ok ? `${name}: ok` : `${name}: ${reply.error?.code}`;
    });
    expect(codes).toMatchInlineSnapshot(`
      [
        "getSnapshot: ok",
        "getSnapshot: ok",
        "getSnapshot: invalid-input",
        "explain: ok",
        "explain: ok",
        "explain: ok",
        "explain: ok",
        "explain: invalid-input",
        "explain: invalid-input",
        "explain: invalid-input",
        "explain: invalid-input",
        "explain: invalid-input",
        "listSymptoms: ok",
        "previewPlan: ok",
        "previewPlan: not-found",
        "previewPlan: invalid-input",
        "previewPlan: not-found",
        "describeForCopy: ok",
        "describeForCopy: ok",
        "listDemos: ok",
        "probeNow: ok",
        "probeNow: ok",
        "probeNow: not-found",
        "setAttention: ok",
        "setAttention: invalid-input",
        "runDeep: internal",
        "cancelDeep: ok",
        "openDemo: not-here",
        "previewPlan: ok",
        "previewPlan: invalid-input",
        "previewOperation: not-here",
        "previewOperation: invalid-input",
        "startRepair: ok",
        "startRepair: refused",
        "startRepair: invalid-input",
        "startRepair: invalid-input",
        "operateStack: ok",
        "operateStack: invalid-input",
        "getRepair: ok",
        "getRepair: invalid-input",
        "answerRepair: ok",
        "answerRepair: invalid-input",
        "cancelRepair: ok",
        "undoRepair: ok",
        "undoRepair: invalid-input",
        "resumeRepair: ok",
        "resumeRepair: invalid-input",
        "listRepairs: ok",
        "readJournal: ok",
        "readJournal: invalid-input",
        "snapshotChanged: unknown-procedure",
        "deepProgress: unknown-procedure",
        "repairProgress: unknown-procedure",
        "toString: unknown-procedure",
        "__proto__: unknown-procedure",
        "constructor: unknown-procedure",
        "nothing-like-it: unknown-procedure",
      ]
    `);
  });

  it.each(Object.keys(fronts))("shows the planted secret nowhere over %s", (name) => {
    expect(JSON.stringify(answers.get(name))).toContain("‹planted value");
    expect(JSON.stringify(answers.get(name))).not.toContain(SECRET);
  });
});

describe.each(Object.entries(fronts))("events over %s", (_, open) => {
  let front: Front;
  const app = makeApp();
  beforeAll(async () => {
    front = await open(app);
  });
  afterAll(() => front.close());

  it("reach their listeners by name, cleaned, until they stop listening", async () => {
    const snapshots: unknown[] = [];
    const progress: unknown[] = [];
    const repairs: unknown[] = [];
    const ends = [
      front.client.on("snapshotChanged", (s) => snapshots.push(s)),
      front.client.on("deepProgress", (p) => progress.push(p)),
      front.client.on("repairProgress", (run) => repairs.push(run)),
    ];
    // Over a wire the first event is the present state; in a process one asks for it.
    await front.client.getSnapshot({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    snapshots.length = 0;
    app.push(aSnapshot({ sentence: `now with ${SECRET}` }));
    app.tell("deepProgress", { stack: "acme", check: "doctor", state: "running", text: SECRET, elapsedMs: 3 });
    app.tell("repairProgress", aRepair({ sentence: SECRET }));
    await eventually(() => snapshots.length === 1 && progress.length === 1 && repairs.length === 1, "every event");
    expect(repairs).toEqual([aRepair({ sentence: app.clean(SECRET) })]);
    expect(snapshots).toEqual([aSnapshot({ sentence: app.clean(`now with ${SECRET}`) })]);
    expect(progress).toEqual([{ stack: "acme", check: "doctor", state: "running", text: app.clean(SECRET), elapsedMs: 3 }]);
    for (const end of ends) end();
    app.push(aSnapshot());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(snapshots).toHaveLength(1);
  });

  it("rejects a repair that was not confirmed with the words for people", async () => {
    const wish = { ...finding, remedy: "copy-token" };
    await expect(front.client.startRepair(wish)).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining("must be confirmed"),
    });
    expect(await front.client.startRepair({ ...wish, confirmed: "twice" })).toMatchObject({ id: "r1", outcome: "verified" });
  });

  it("rejects a refused call with its code", async () => {
    await expect(front.client.probeNow({ stack: "nobody" })).rejects.toMatchObject({ name: "CallFailed", code: "not-found" });
  });
});
