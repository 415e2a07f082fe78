import { describe, expect, it } from "vitest";
import { fakeStateStore } from "../adapters/state-store/fake.ts";
import type { RunRecord } from "./run-record.ts";
import { RunStore } from "./run-store.ts";

const record = (id: string, startedMs = 0, output = "said"): RunRecord => ({
  run: {
    id,
    stack: "pigeon",
    code: "pigeon.part.broken",
    remedy: "mend",
    title: "Mend",
    risk: "safe",
    state: "running",
    steps: [{ index: 0, kind: "run-command", preview: "p", state: "done", output }],
    startedMs,
    before: { light: "red", sentence: "", at: 0 },
    sentence: "",
    verifiedBy: [],
    undo: "available",
  },
  plan: {
    code: "pigeon.part.broken",
    remedy: "mend",
    title: "Mend",
    risk: "safe",
    interrupts: "",
    undo: "",
    verify: "",
    effects: [{ effect: { do: "recheck", check: "a" }, preview: "", risk: "safe" }],
  },
  labels: [],
  files: [{ step: 0, backup: { id: "k", path: "/x", existed: true, sha256: "ab" }, expects: { existed: false } }],
  restarts: [],
});
const ids = (records: readonly RunRecord[]): readonly string[] => records.map(({ run }) => run.id);

describe("the runs of a stack", () => {
  it("are unfinished until they are closed, and then a receipt that can be undone", async () => {
    const store = new RunStore(fakeStateStore());
    await store.save(record("one"));
    await store.save({ ...record("one"), labels: ["pigeon"] });
    await store.save(record("two"));
    expect(ids(await store.unfinished("pigeon"))).toEqual(["two", "one"]);
    expect((await store.unfinished("pigeon"))[1]?.labels).toEqual(["pigeon"]);
    await store.close(record("one"));
    expect([ids(await store.unfinished("pigeon")), ids(await store.ended("pigeon"))]).toEqual([["two"], ["one"]]);
    expect((await store.ended("pigeon"))[0]).toMatchObject({ files: [{ backup: { id: "k", sha256: "ab" } }], plan: { effects: [] } });
  });

  it("are listed as ended when their process died between filing the receipt and clearing up", async () => {
    const state = fakeStateStore();
    const store = new RunStore(state);
    await store.save(record("one"));
    const before = await state.read("unfinished-pigeon");
    await store.close(record("one"));
    await state.write("unfinished-pigeon", before);
    expect([ids(await store.unfinished("pigeon")), ids(await store.ended("pigeon"))]).toEqual([[], ["one"]]);
  });

  it("do not pile up without end, and old ones lose what their commands said", async () => {
    const store = new RunStore(fakeStateStore());
    for (let n = 1; n <= 205; n += 1) await store.close(record(`r${n}`, n));
    const ended = await store.ended("pigeon");
    expect([ended.length, ended[0]?.run.id, ended.at(-1)?.run.id]).toEqual([200, "r205", "r6"]);
    expect([ended[0]?.run.steps[0]?.output, ended[30]?.run.steps[0]?.output]).toEqual(["said", undefined]);
    for (let n = 1; n <= 12; n += 1) await store.save(record(`u${n}`));
    expect((await store.unfinished("pigeon")).length).toBe(10);
  });

  it("are apart from those of other stacks, and what cannot be read is left out", async () => {
    const state = fakeStateStore();
    const store = new RunStore(state);
    await store.save(record("one"));
    expect(await store.unfinished("crow")).toEqual([]);
    await state.write("unfinished-pigeon", [record("one"), { run: "damaged" }, 7]);
    await state.write("receipts-pigeon", "nonsense");
    expect([ids(await store.unfinished("pigeon")), await store.ended("pigeon")]).toEqual([["one"], []]);
  });
});
