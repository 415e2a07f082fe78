import { describe, expect, it } from "vitest";
import { aRepair, aSnapshot, aStack, type FakeAppOptions, fakeApp } from "../../../../tests/support/fake-app.ts";
import { fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { aPlan, begun, scriptedRepair } from "../../../../tests/support/scripted-repair.ts";
import { runCli } from "../run-cli.ts";

const both = aSnapshot({ stacks: [aStack(), aStack({ id: "bravo" }), aStack({ id: "ground", ground: true })] });

async function operate(argv: readonly string[], over: FakeAppOptions = {}, typed?: readonly string[]) {
  const plan = aPlan({ code: "operate.restart", remedy: "restart", title: "Restart Acme" });
  const handlers = { previewOperation: async () => plan, ...scriptedRepair([begun(), aRepair()]), ...over.handlers };
  const app = fakeApp({ ...over, handlers });
  const terminal = fakeTerminal(typed === undefined ? {} : { typed });
  const code = await runCli(argv, terminal, fakeSurroundings({ app }));
  const called = (name: string) => app.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { code, out: terminal.out(), errors: terminal.errors(), called };
}

describe.each(["start", "stop", "restart"] as const)("%s", (action) => {
  it("does it to the stack that was named, with consent", async () => {
    const { code, out, called } = await operate([action, "bravo", "--yes"], { snapshot: both });
    expect([code, called("operateStack")]).toEqual([0, [{ stack: "bravo", action }]]);
    expect(out).toContain("Restart Acme (interrupts work)");
    expect((await operate([action, "acme"], {}, ["n"])).called("operateStack")).toEqual([]);
    expect((await operate([action, "acme"], {}, ["y"])).called("operateStack")).toHaveLength(1);
  });

  it("needs no name where only one stack is, and asks for it where two are", async () => {
    expect((await operate([action, "--yes"])).called("operateStack")).toEqual([{ stack: "acme", action }]);
    const { code, errors } = await operate([action, "--yes"], { snapshot: both });
    expect([code, errors]).toEqual([3, `Say which stack to ${action}: acme, bravo.\n`]);
    const none = aSnapshot({ stacks: [aStack({ installed: false })] });
    expect((await operate([action], { snapshot: none })).errors).toContain("No stack was found");
  });

  it("knows the names of stacks, and can only show what it would do", async () => {
    expect((await operate([action, "acm"])).errors).toContain("Did you mean acme?");
    const { code, out, called } = await operate([action, "acme", "--dry-run", "--json"]);
    expect([code, called("operateStack")]).toEqual([0, []]);
    expect(JSON.parse(out)).toMatchObject({ code: "operate.restart", ran: false, plan: [{}, {}] });
  });
});

describe("the exit code", () => {
  const grey = aRepair({ after: { light: "grey", sentence: "Stopped by you", at: 0 } });

  it("of a stop is about the stop, not about the light", async () => {
    const stopped = { handlers: scriptedRepair([grey]) };
    expect((await operate(["stop", "acme", "--yes"], stopped)).code).toBe(0);
    expect((await operate(["stop", "acme", "--yes"], { handlers: scriptedRepair([{ ...grey, outcome: "failed" }]) })).code).toBe(3);
  });

  it("of a start and a restart is the light afterwards", async () => {
    expect((await operate(["restart", "acme", "--yes"], { handlers: scriptedRepair([grey]) })).code).toBe(3);
    expect((await operate(["start", "acme", "--yes"])).code).toBe(0);
  });
});
