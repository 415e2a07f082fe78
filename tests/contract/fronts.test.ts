import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isCall } from "../../main/core/contract/define.ts";
import { contract, EXPLAIN_LIMIT } from "../../main/core/contract/index.ts";
import { aRedSnapshot, aSnapshot, fakeApp } from "../support/fake-app.ts";
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
  ["snapshotChanged", {}],
  ["deepProgress", {}],
  ["toString", {}],
  ["__proto__", {}],
  ["constructor", {}],
  ["nothing-like-it", {}],
];

const makeApp = () => {
  const app = fakeApp({
    snapshot: aRedSnapshot({ notes: [`config.yaml: could not use ${SECRET}`] }),
    handlers: { runDeep: () => Promise.reject(new Error(`spawn failed with ${SECRET}`)) },
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
        "snapshotChanged: unknown-procedure",
        "deepProgress: unknown-procedure",
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
    const ends = [front.client.on("snapshotChanged", (s) => snapshots.push(s)), front.client.on("deepProgress", (p) => progress.push(p))];
    // Over a wire the first event is the present state; in a process one asks for it.
    await front.client.getSnapshot({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    snapshots.length = 0;
    app.push(aSnapshot({ sentence: `now with ${SECRET}` }));
    app.tell("deepProgress", { stack: "acme", check: "doctor", state: "running", text: SECRET, elapsedMs: 3 });
    await eventually(() => snapshots.length === 1 && progress.length === 1, "both events");
    expect(snapshots).toEqual([aSnapshot({ sentence: app.clean(`now with ${SECRET}`) })]);
    expect(progress).toEqual([{ stack: "acme", check: "doctor", state: "running", text: app.clean(SECRET), elapsedMs: 3 }]);
    for (const end of ends) end();
    app.push(aSnapshot());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(snapshots).toHaveLength(1);
  });

  it("rejects a refused call with its code", async () => {
    await expect(front.client.probeNow({ stack: "nobody" })).rejects.toMatchObject({ name: "CallFailed", code: "not-found" });
  });
});
