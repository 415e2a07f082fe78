import { describe, expect, it } from "vitest";
import { aSnapshot, fakeApp } from "../../../../tests/support/fake-app.ts";
import { aStackDefinition, eventually, fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { openPage } from "../../../../tests/support/http-caller.ts";
import type { World } from "../../../core/model/world.ts";
import { runCli } from "../run-cli.ts";

const demos = ["all-green", "gateway-401"].map((id) => ({ id, title: `Title of ${id}`, world: () => ({}) as World }));

function demo(...argv: readonly string[]) {
  const terminal = fakeTerminal();
  const opened: string[] = [];
  const surroundings = fakeSurroundings({
    stacks: async () => [aStackDefinition("acme", { demos })],
    openApp: () => Promise.reject(new Error("a demo must not look at the real machine")),
    openDemoApp: async ({ id }) => {
      opened.push(id);
      return fakeApp({ snapshot: aSnapshot({ demo: id, light: id === "all-green" ? "green" : "red" }) });
    },
  });
  return { terminal, opened, done: runCli(["demo", ...argv], terminal, surroundings) };
}

describe("demo", () => {
  it("lists the scenarios without a name", async () => {
    const { terminal, done, opened } = demo();
    expect(await done).toBe(0);
    expect(terminal.out()).toContain("  gateway-401  Title of gateway-401\n");
    expect(terminal.out()).toContain("lamplighter demo all-green");
    expect(opened).toEqual([]);
  });

  it("lists them as JSON", async () => {
    const { terminal, done } = demo("--json");
    expect(await done).toBe(0);
    expect(JSON.parse(terminal.out())).toEqual({ schemaVersion: 1, scenarios: demos.map(({ id, title }) => ({ id, title })) });
  });

  it("serves one, without a look at the real machine, until it is ended", async () => {
    const { terminal, done, opened } = demo("gateway-401");
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    expect(terminal.out()).toContain("⊖ red: Everything works [demo: gateway-401]");
    const url = /http:\S+/.exec(terminal.out())?.[0] ?? "";
    expect((await openPage(url)).cookie).toContain("lamplighter-");
    terminal.end();
    expect([await done, opened]).toEqual([0, ["gateway-401"]]);
  });

  it("names the nearest scenario for one that does not exist", async () => {
    const { terminal, done } = demo("gatewy-401");
    expect(await done).toBe(3);
    expect(terminal.errors()).toContain("There is no demo gatewy-401. Did you mean gateway-401?");
  });
});
