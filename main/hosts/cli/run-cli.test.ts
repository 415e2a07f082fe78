import { describe, expect, it } from "vitest";
import { fakeApp } from "../../../tests/support/fake-app.ts";
import { fakeSurroundings, fakeTerminal } from "../../../tests/support/fake-terminal.ts";
import { CallFailed } from "../../core/contract/errors.ts";
import { runCli } from "./run-cli.ts";
import { verbNames } from "./verb-table.ts";

async function run(argv: readonly string[], over: Parameters<typeof fakeSurroundings>[0] = {}) {
  const terminal = fakeTerminal();
  const code = await runCli(argv, terminal, fakeSurroundings(over));
  return { code, out: terminal.out(), errors: terminal.errors() };
}

describe("runCli", () => {
  it("prints the version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "lamplighter 9.9.9\n" });
    expect(JSON.parse((await run(["--version", "--json"])).out)).toEqual({ schemaVersion: 1, version: "9.9.9" });
  });

  it("lists every verb and the exit codes without arguments", async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    for (const verb of verbNames) expect(out).toContain(`  ${verb}`);
    expect(out).toContain("0 green, 1 amber, 2 red, 3 grey or could not run");
  });

  it.each(verbNames)("explains %s with its options, and as JSON", async (verb) => {
    expect((await run([verb, "--help"])).out).toContain("--json");
    expect((await run(["help", verb, "--json"])).out).toContain(`"name":"${verb}"`);
  });

  it("answers a mistake with code 3 on standard error, and nothing on standard output", async () => {
    expect(await run(["stauts"])).toEqual({
      code: 3,
      out: "",
      errors: "There is no verb stauts. Did you mean status? `lamplighter help` lists them.\n",
    });
    expect((await run(["help", "stauts"])).code).toBe(3);
  });

  it("answers a mistake as JSON when JSON was asked for", async () => {
    const { code, out, errors } = await run(["status", "--stack", "acm", "--json"]);
    expect([code, errors]).toEqual([3, ""]);
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      error: { message: "There is no stack acm. Did you mean acme? Known are: acme, bravo." },
    });
  });

  it("tells an expected refusal, but never the text of a surprise", async () => {
    const refuses = fakeApp({ handlers: { listSymptoms: () => Promise.reject(new CallFailed("busy", "Somebody else is at it.")) } });
    expect((await run(["symptoms"], { app: refuses })).errors).toBe("Somebody else is at it.\n");
    const openApp = () => Promise.reject(new TypeError("could not parse hunter2-the-password"));
    const { code, errors } = await run(["status"], { openApp });
    expect(code).toBe(3);
    expect(errors).toMatch(/^Lamplighter failed unexpectedly \(TypeError.*\)\.\n$/);
    expect(errors).not.toContain("hunter2");
  });

  it("hides secrets and escape sequences in what was typed", async () => {
    const { errors } = await run(["status", "sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUv\u001b[2J"]);
    expect(errors).not.toContain("AbCdEfGh");
    expect(errors).not.toContain("\u001b");
  });
});
