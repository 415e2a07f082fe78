import { describe, expect, it } from "vitest";
import { fakeApp } from "../../../../tests/support/fake-app.ts";
import { fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { runCli } from "../run-cli.ts";

async function symptoms(...more: readonly string[]) {
  const terminal = fakeTerminal();
  const app = fakeApp();
  const code = await runCli(["symptoms", ...more], terminal, fakeSurroundings({ app }));
  return { code, out: terminal.out(), app };
}

describe("symptoms", () => {
  it("lists ids with titles, stacks and codes, and probes nothing", async () => {
    const { code, out, app } = await symptoms();
    expect(code).toBe(0);
    expect(out).toBe("O10 The token is refused\n    acme · acme.auth.refused\n");
    expect(app.started()).toBe(false);
  });

  it("limits itself to one stack", async () => {
    expect((await symptoms("--stack", "acme")).out).toContain("O10");
    expect((await symptoms("--stack", "bravo")).out).toBe("No symptom is known for this stack yet.\n");
  });

  it("prints the answer of the contract as JSON", async () => {
    expect(JSON.parse((await symptoms("--json")).out)).toEqual({
      schemaVersion: 1,
      symptoms: [{ id: "O10", codes: ["acme.auth.refused"], stacks: ["acme"], title: "The token is refused" }],
    });
  });
});
