import { describe, expect, it } from "vitest";
import { aFinding, aRedSnapshot, aRepair, aSnapshot, aStack, type FakeAppOptions, fakeApp } from "../../../../tests/support/fake-app.ts";
import { aStackDefinition, type FakeTerminalOptions, fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { aPlan, asking, begun, closedGate, scriptedRepair } from "../../../../tests/support/scripted-repair.ts";
import { CallFailed } from "../../../core/contract/errors.ts";
import type { Plan } from "../../../core/model/plan.ts";
import { runCli } from "../run-cli.ts";

const CODE = "acme.auth.refused";

type Handlers = NonNullable<FakeAppOptions["handlers"]>;

async function repair(argv: readonly string[], handlers: Handlers = {}, terminalOptions: FakeTerminalOptions = {}, plan: Plan = aPlan()) {
  const app = fakeApp({
    snapshot: aRedSnapshot(),
    handlers: { previewPlan: async () => plan, ...scriptedRepair([begun(), aRepair()]), ...handlers },
  });
  const terminal = fakeTerminal(terminalOptions);
  const code = await runCli(["repair", ...argv], terminal, fakeSurroundings({ app }));
  const called = (name: string) => app.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { code, out: terminal.out(), errors: terminal.errors(), called, app };
}

describe("repair --dry-run", () => {
  it("prints what it interrupts, undo, proof, and every exact step, and runs nothing", async () => {
    const { code, out, called, app } = await repair([CODE, "--dry-run"]);
    expect(code).toBe(0);
    for (const part of [
      "Restart Acme with the configured token (interrupts work)",
      "interrupts  Two running turns",
      "undo        A restart cannot be undone",
      "proof       Acme answers",
      "gate        open",
      "1. Restart the gateway (interrupts work)",
      "$ launchctl kickstart -k gui/501/org.acme.gateway",
    ])
      expect(out).toContain(part);
    expect(called("startRepair")).toEqual([]);
    expect(app.stopped()).toBe(true);
  });

  it("prints the whole plan as JSON that says it did not run", async () => {
    const { out } = await repair([CODE, "--dry-run", "--json"]);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ schemaVersion: 1, stack: "acme", code: CODE, ran: false, gate: { kind: "open" }, remedy: "copy-token" });
    expect(told.plan[0]).toEqual(aPlan().effects[0]);
    expect(told.receipt).toBeUndefined();
  });

  it("tells why the gate is closed, until when, and who else restarts the same thing", async () => {
    const watchdogs = [{ kind: "cron-line" as const, name: "crontab line 4", evidence: "*/5 * * * * restart-acme" }];
    const { code, out } = await repair([CODE, "--dry-run"], {}, {}, aPlan({ gate: closedGate, watchdogs }));
    expect(code).toBe(0);
    expect(out).toMatch(/gate {8}Not yet: Acme is booting, 84 s of a usual 190 s\. Ask again after \d\d:13:46/);
    expect(out).toContain("also here   crontab line 4 restarts the same thing: */5 * * * * restart-acme");
  });
});

describe("repair CODE", () => {
  it("runs the plan with --yes, tells each step, and ends with the light of the receipt", async () => {
    const { code, out, called } = await repair([CODE, "--yes"]);
    expect(code).toBe(0);
    expect(called("startRepair")).toEqual([{ stack: "acme", code: CODE, remedy: "copy-token", confirmed: "once" }]);
    expect(out).toContain("… 1/2 Restart the gateway");
    expect(out).toContain("✓ Repaired: Acme works");
    expect(out).toMatch(/before {4}⊖ red at .*: Acme refuses the shared token/);
    expect(out).toContain("proved by Answers");
    expect(out).toContain("problems  1 problem less");
  });

  it("prints one line of JSON with plan and receipt", async () => {
    const { code, out } = await repair([CODE, "--yes", "--json"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      ran: true,
      id: "r1",
      receipt: { before: { light: "red" }, after: { light: "green" }, verified: true },
    });
  });

  it.each([
    ["green", 0],
    ["amber", 1],
    ["red", 2],
    ["grey", 3],
  ] as const)("ends with the plugin code of the light afterwards: %s", async (light, code) => {
    const ended = aRepair({ outcome: "not-verified", after: { light, sentence: "", at: 0 } });
    expect((await repair([CODE, "--yes"], scriptedRepair([begun(), ended]))).code).toBe(code);
  });

  it("runs nothing without a yes where nobody can be asked, and says what is needed", async () => {
    const { code, errors, called } = await repair([CODE]);
    expect([code, called("startRepair")]).toEqual([3, []]);
    expect(errors).toContain("needs --yes;");
    const destructive = await repair([CODE, "--yes"], {}, {}, aPlan({ risk: "destructive" }));
    expect([destructive.code, destructive.called("startRepair")]).toEqual([3, []]);
    expect(destructive.errors).toContain("--yes=destructive");
  });

  it("takes --yes=destructive as both confirmations", async () => {
    const { called } = await repair([CODE, "--yes=destructive"], {}, {}, aPlan({ risk: "destructive" }));
    expect(called("startRepair")).toMatchObject([{ confirmed: "twice" }]);
  });

  it("asks a person once before it interrupts, and takes anything but yes for no", async () => {
    const yes = await repair([CODE], {}, { typed: ["y"] });
    expect(yes.called("startRepair")).toMatchObject([{ confirmed: "once" }]);
    expect(yes.errors).toContain("It interrupts: Two running turns");
    for (const typed of ["", "n", "yeah", "copy-token"]) {
      const no = await repair([CODE], {}, { typed: [typed] });
      expect([no.code, no.called("startRepair")]).toEqual([3, []]);
    }
  });

  it("asks twice before it destroys; the second time a word of the plan must be typed", async () => {
    const plan = aPlan({ risk: "destructive", undo: "The old sessions are gone" });
    const done = await repair([CODE], {}, { typed: ["yes", "copy-token"] }, plan);
    expect(done.called("startRepair")).toMatchObject([{ confirmed: "twice" }]);
    expect(done.errors).toContain("This cannot be undone: The old sessions are gone");
    const not = await repair([CODE], {}, { typed: ["yes", "yes"] }, plan);
    expect([not.code, not.called("startRepair")]).toEqual([3, []]);
  });

  it("does not begin while the gate is closed", async () => {
    const { code, errors, called } = await repair([CODE, "--yes"], {}, {}, aPlan({ gate: closedGate }));
    expect([code, called("startRepair")]).toEqual([3, []]);
    expect(errors).toContain("Nothing was run. Not yet: Acme is booting");
  });

  it("tells a refusal of the core in its own words, with the plan in the JSON", async () => {
    const startRepair = () => Promise.reject(new CallFailed("busy", "Another Lamplighter (process 77) repairs this now."));
    expect((await repair([CODE, "--yes"], { startRepair })).errors).toContain("process 77");
    const json = JSON.parse((await repair([CODE, "--yes", "--json"], { startRepair })).out);
    expect(json).toMatchObject({ ran: false, reason: expect.stringContaining("process 77"), plan: expect.any(Array) });
  });

  it("leaves a plan that is only for a person to the person", async () => {
    const { code, out, errors, called } = await repair([CODE, "--yes"], {}, {}, aPlan({ runnable: false }));
    expect([code, called("startRepair")]).toEqual([3, []]);
    expect([out, errors].join()).toContain("Every step is for you");
  });

  it("prefers the first remedy that has something to run, and runs another one when it is named", async () => {
    const remedies = ["look", "copy-token", "other"].map((id) => ({ id, title: `Do ${id}`, kind: "plan" as const, risk: "safe" as const }));
    const stack = aStack({ light: "red", findings: [aFinding({ remedies })] });
    const previewPlan: Handlers["previewPlan"] = async ({ remedy }) => aPlan({ remedy, runnable: remedy !== "look" });
    const handlers = { previewPlan, getSnapshot: async () => aSnapshot({ stacks: [stack] }) };
    expect((await repair([CODE, "--dry-run", "--json"], handlers)).out).toContain('"remedy":"copy-token"');
    const named = await repair([CODE, "--remedy", "other", "--yes"], handlers);
    expect(named.called("startRepair")).toMatchObject([{ remedy: "other" }]);
    expect((await repair([CODE, "--remedy", "othr"], handlers)).errors).toContain("Did you mean other?");
  });
});

describe("a repair that asks", () => {
  const byHand = { kind: "do", step: 0, text: "Log in at the provider" } as const;

  it("puts the question to the person and passes the answer on", async () => {
    const { called, errors, code } = await repair([CODE], scriptedRepair([asking(byHand), aRepair()]), { typed: ["y", "what?", "d"] });
    expect(errors).toContain("Step 1: Log in at the provider");
    expect(called("answerRepair")).toEqual([{ id: "r1", answer: "done" }]);
    expect(code).toBe(0);
  });

  it("stops and says which step needs a person when nobody is there", async () => {
    const { called, errors, code } = await repair([CODE, "--yes"], scriptedRepair([asking(byHand), aRepair()]));
    expect(called("answerRepair")).toEqual([{ id: "r1", answer: "stop" }]);
    expect(code).toBe(3);
    expect(errors).toContain("Step 1 needs a person: Log in at the provider");
  });

  it("takes --yes for an answer only about the very process that the plan named", async () => {
    const plan = aPlan({
      effects: [{ effect: { do: "end-process", pid: 4242, startedMs: 0, name: "node" }, preview: "End node", risk: "disruptive" }],
    });
    const about = (pid: number) => ({ kind: "confirm", step: 0, text: `End node (process ${pid}, owned by ada)?` }) as const;
    const same = await repair([CODE, "--yes"], scriptedRepair([asking(about(4242)), aRepair()]), {}, plan);
    expect(same.called("answerRepair")).toEqual([{ id: "r1", answer: "done" }]);
    const other = await repair([CODE, "--yes"], scriptedRepair([asking(about(42)), aRepair()]), {}, plan);
    expect(other.called("answerRepair")).toEqual([{ id: "r1", answer: "stop" }]);
  });
});

describe("naming the finding", () => {
  it("may leave out the name of the stack", async () => {
    expect((await repair(["auth.refused", "--yes"])).code).toBe(0);
  });

  it("wants to know which when two stacks have it", async () => {
    const stacks = [aStack({ findings: [aFinding()] }), aStack({ id: "bravo", findings: [aFinding({ code: "bravo.auth.refused" })] })];
    const { code, errors } = await repair(["auth.refused"], { getSnapshot: async () => aSnapshot({ stacks }) });
    expect(code).toBe(3);
    expect(errors).toContain("acme.auth.refused of acme, bravo.auth.refused of bravo");
  });

  it("suggests the nearest of those that exist", async () => {
    expect((await repair(["acme.auth.refusd"])).errors).toContain("Did you mean acme.auth.refused?");
    expect((await repair(["auth.refusd"])).errors).toContain("Did you mean");
  });

  it("tells a finding that is not there now from one that does not exist", async () => {
    const terminal = fakeTerminal();
    const kind = { code: "acme.port.held", symptoms: [], light: "red" as const, layer: 3, title: "", detail: "", runbook: "" };
    const stacks = async () => [aStackDefinition("acme", { findings: [kind] })];
    expect(await runCli(["repair", "port.held"], terminal, fakeSurroundings({ stacks }))).toBe(3);
    expect(terminal.errors()).toContain("is not found now, so there is nothing to repair");
  });
});

describe("repair without a code", () => {
  it("lists what can be repaired, what was cut off with the ways on, and the newest receipts", async () => {
    const listRepairs = async () => ({
      running: [],
      interrupted: [begun({ id: "r7" })],
      ended: [aRepair({ undo: "available" })],
      intents: [{ stack: "bravo", wanted: "stopped" as const, by: "ada", at: 0 }],
    });
    const { code, out } = await repair([], { listRepairs }, {}, aPlan({ gate: closedGate }));
    expect(code).toBe(0);
    for (const part of [
      "$ lamplighter repair acme.auth.refused",
      "Not yet: Acme is booting",
      "0 of 2 steps done",
      "$ lamplighter repair --resume r7",
      "$ lamplighter repair --undo r7",
      "$ lamplighter repair --leave r7",
      "Repaired: Acme works",
      "$ lamplighter repair --undo r1",
      "bravo, ",
    ])
      expect(out).toContain(part);
    const json = JSON.parse((await repair(["--json"], { listRepairs })).out);
    expect(json).toMatchObject({ schemaVersion: 1, repairable: [{ code: CODE }], interrupted: [{ id: "r7" }], ended: [{ id: "r1" }] });
  });

  it("says so when there is nothing", async () => {
    const { out } = await repair([], { getSnapshot: async () => aSnapshot() });
    expect(out).toBe("Nothing here needs a repair that Lamplighter knows.\n");
  });
});

describe("an earlier repair", () => {
  const listRepairs = async () => ({
    running: [],
    interrupted: [begun({ id: "abc1" })],
    ended: [aRepair({ id: "def2", undo: "available" })],
    intents: [],
  });

  it("is undone by the beginning of its id, after a yes, and with force only when told", async () => {
    const undoRepair = async () => aRepair({ outcome: "undone", undo: "done", sentence: "Undone" });
    const { code, out, called } = await repair(["--undo", "def", "--yes"], { listRepairs, undoRepair });
    expect([code, called("undoRepair")]).toEqual([0, [{ id: "def2", force: false }]]);
    expect(out).toContain("✓ Undone");
    expect((await repair(["--undo", "def2"], { listRepairs, undoRepair })).called("undoRepair")).toEqual([]);
    const forced = await repair(["--undo", "def2", "--force", "--yes"], { listRepairs, undoRepair });
    expect(forced.called("undoRepair")).toEqual([{ id: "def2", force: true }]);
  });

  it("is finished after a yes, or left as it is without one", async () => {
    const finished = await repair(["--resume", "abc1"], { listRepairs }, { typed: ["y"] });
    expect(finished.called("resumeRepair")).toEqual([{ id: "abc1", how: "finish" }]);
    const left = await repair(["--leave", "abc1", "--json"], { listRepairs });
    expect([left.code, left.called("resumeRepair")]).toEqual([0, [{ id: "abc1", how: "leave" }]]);
    expect(JSON.parse(left.out)).toMatchObject({ id: "r1", receipt: { verified: true } });
  });

  it("is refused when no repair or more than one has that id", async () => {
    expect((await repair(["--undo", "zzz"], { listRepairs })).errors).toContain("There is no repair zzz.");
    const twins = async () => ({ running: [], interrupted: [], ended: [aRepair({ id: "ab1" }), aRepair({ id: "ab2" })], intents: [] });
    expect((await repair(["--undo", "ab"], { listRepairs: twins })).errors).toContain("More than one repair begins with ab.");
  });
});

describe("Ctrl-C", () => {
  it("cancels a repair under way and still tells how it ended", async () => {
    const terminal = fakeTerminal();
    const cancelled = aRepair({ outcome: "cancelled", sentence: "Cancelled at step 1 of 2", after: { light: "red", sentence: "", at: 0 } });
    const app = fakeApp({
      snapshot: aRedSnapshot(),
      handlers: { previewPlan: async () => aPlan(), ...scriptedRepair([begun(), begun(), begun(), begun(), begun(), begun()], cancelled) },
    });
    app.on("repairProgress", () => {});
    const ended = runCli(["repair", CODE, "--yes"], terminal, fakeSurroundings({ app }));
    while (!app.calls.some(({ name }) => name === "getRepair")) await new Promise((resolve) => setTimeout(resolve, 2));
    terminal.end();
    expect(await ended).toBe(2);
    expect(app.calls.map(({ name }) => name)).toContain("cancelRepair");
    expect(terminal.out()).toContain("Cancelled at step 1 of 2");
  });
});
