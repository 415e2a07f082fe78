import { describe, expect, it } from "vitest";
import { EXPLAIN_LIMIT } from "../../main/core/contract/index.ts";
import { green, matches, NIGHT, plan, red } from "../../tests/support/snapshots.ts";
import { createStandInCore } from "../../tests/support/stand-in-core.ts";
import { createClient } from "../lib/client.ts";
import { createActs, EXPLAIN_CHARACTERS } from "./acts.ts";
import { reduce } from "./reduce.ts";
import { initialState } from "./state.ts";
import { createStore } from "./store.ts";
import { toHash } from "./view.ts";

const planView = { screen: "plan", stack: "openclaw", code: "openclaw.auth.token-mismatch", remedy: "reinstall-unit" } as const;

function page(options: { readonly clipboard?: boolean } = {}) {
  const core = createStandInCore(red);
  const client = createClient({ call: core.dispatch, subscribe: () => () => undefined });
  const store = createStore(reduce, initialState);
  const copied: string[] = [];
  const acts = createActs({
    client,
    store,
    now: () => 77,
    copy: async (text) => {
      copied.push(text);
      return options.clipboard ?? true;
    },
  });
  return { core, store, acts, copied };
}

describe("looking again", () => {
  it("brings the new snapshot and ends the wait", async () => {
    const { acts, store } = page();
    const done = acts.refresh();
    expect(store.state().probe.step).toBe("busy");
    await done;
    expect(store.state()).toMatchObject({ probe: { step: "idle" }, receivedAt: 77, snapshot: { at: NIGHT + 1_000 } });
  });

  it("is not started twice", async () => {
    const { acts, core } = page();
    await Promise.all([acts.refresh(), acts.refresh("openclaw")]);
    expect(core.asked.filter((call) => call.startsWith("probeNow"))).toEqual(["probeNow {}"]);
  });

  it("can be asked for one stack", async () => {
    const { acts, core } = page();
    await acts.refresh("openclaw");
    expect(core.asked).toEqual(['probeNow {"stack":"openclaw"}']);
  });

  it("says why when it is refused, and can be tried again", async () => {
    const { acts, core, store } = page();
    core.refuse("probeNow");
    await acts.refresh();
    expect(store.state().probe).toEqual({ step: "refused", failure: { code: "not-here", message: "no probeNow here" } });
    await acts.refresh();
    expect(core.asked).toHaveLength(2);
  });
});

describe("explaining", () => {
  it("asks the core and shows its matches", async () => {
    const { acts, store } = page();
    await acts.explain("gateway token mismatch");
    expect(store.state().explain).toEqual({ text: "gateway token mismatch", asked: { step: "here", value: matches } });
  });

  it("does not trouble the core with nothing", async () => {
    const { acts, core } = page();
    await acts.explain("  \n ");
    expect(core.asked).toEqual([]);
  });

  it("sends the end of a text that is too long, because errors are at the end", async () => {
    const { acts, store } = page();
    await acts.explain(`${"x".repeat(EXPLAIN_CHARACTERS)} token mismatch`);
    expect(store.state().explain.asked).toMatchObject({ step: "here", value: matches });
  });

  it("knows the limit of the contract, which the bundle does not carry", () => {
    expect(EXPLAIN_CHARACTERS).toBe(EXPLAIN_LIMIT);
  });
});

describe("plans, demos and deep checks", () => {
  it("show a plan under the address it was asked for", async () => {
    const { acts, store } = page();
    await acts.showPlan(planView);
    expect(store.state().plan).toEqual({ of: toHash(planView), asked: { step: "here", value: plan }, gated: true });
  });

  it("tell a refused plan, list or demo as a refusal", async () => {
    const { acts, core, store } = page();
    for (const name of ["previewPlan", "listDemos", "openDemo"] as const) core.refuse(name);
    await acts.showPlan(planView);
    await acts.listDemos();
    await acts.openDemo("all-green");
    const { plan: shown, demos, openedDemo } = store.state();
    for (const asked of [shown.asked, demos, openedDemo.asked])
      expect(asked).toMatchObject({ step: "refused", failure: { code: "not-here" } });
  });

  it("give the address of an opened demo", async () => {
    const { acts, store } = page();
    await acts.openDemo("all-green");
    expect(store.state().openedDemo).toEqual({ id: "all-green", asked: { step: "here", value: "http://127.0.0.1:4747/open?key=one" } });
  });

  it("show a deep check as running at once, then its end", async () => {
    const { acts, store } = page();
    const done = acts.runDeep("openclaw", "doctor");
    expect(store.state().deep["openclaw doctor"]?.state).toBe("running");
    await done;
    expect(store.state().deep["openclaw doctor"]?.state).toBe("done");
  });

  it("show a deep check that could not start as failed, with the reason", async () => {
    const { acts, core, store } = page();
    core.refuse("runDeep");
    await acts.runDeep("openclaw", "doctor");
    expect(store.state().deep["openclaw doctor"]).toMatchObject({ state: "failed", text: "no runDeep here" });
  });

  it("pass a cancel on", async () => {
    const { acts, core } = page();
    await acts.cancelDeep("openclaw", "doctor");
    expect(core.asked).toEqual(['cancelDeep {"stack":"openclaw","check":"doctor"}']);
  });
});

describe("copying a report", () => {
  it.each([
    [{ screen: "overview" }, "report of everything"],
    [{ screen: "explain" }, "report of everything"],
    [{ screen: "stack", stack: "one" }, "report of one"],
    [{ screen: "finding", stack: "one", code: "one.a" }, "report of one one.a"],
    [{ screen: "plan", stack: "one", code: "one.a", remedy: "r" }, "report of one one.a"],
  ] as const)("of %j takes what is on the screen", async (view, text) => {
    const { acts, copied, store } = page();
    await acts.copyReport(view);
    expect(copied).toEqual([text]);
    expect(store.state().said).toMatchObject({ text: "Report copied", seen: true });
  });

  it("shows the text when the clipboard is closed", async () => {
    const { acts, store } = page({ clipboard: false });
    await acts.copyReport({ screen: "overview" });
    expect(store.state().copyByHand).toBe("report of everything");
  });

  it("copies the error itself when there is no report to be had", async () => {
    const { acts, core, copied } = page();
    core.refuse("describeForCopy");
    await acts.copyReport({ screen: "overview" });
    expect(copied).toEqual(["not-here: no describeForCopy here"]);
  });
});

describe("loading and attention", () => {
  it("says whether the core answered", async () => {
    const { acts, core, store } = page();
    core.show(green);
    expect(await acts.load()).toBe(true);
    expect(store.state().snapshot?.light).toBe("green");
    core.refuse("getSnapshot");
    expect(await acts.load()).toBe(false);
  });

  it("tells the core whether somebody looks, and does not mind a refusal", async () => {
    const { acts, core } = page();
    core.refuse("setAttention");
    await acts.setAttention(true);
    expect(core.asked).toEqual(['setAttention {"visible":true}']);
  });
});
