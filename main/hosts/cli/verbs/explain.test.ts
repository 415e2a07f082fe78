import { describe, expect, it } from "vitest";
import { fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { ExplainAnswer } from "../../../core/contract/index.ts";
import { runCli } from "../run-cli.ts";

async function explain(input: string, more: readonly string[] = [], inputIsKeyboard = false) {
  const terminal = fakeTerminal({ input, inputIsKeyboard });
  const code = await runCli(["explain", ...more], terminal, fakeSurroundings());
  return { code, out: terminal.out(), errors: terminal.errors() };
}

describe("explain", () => {
  it("ends with 0 and names title, ids, line and what to do when something matched", async () => {
    const { code, out } = await explain("hello\nunauthorized: token mismatch\n");
    expect(code).toBe(0);
    for (const part of [
      "→ Acme refuses the shared token",
      "O10 · acme.auth.refused",
      "90 % sure",
      "unauthorized: token mismatch",
      "Compare both",
    ]) {
      expect(out).toContain(part);
    }
  });

  it("ends with 3 and says how to get further when nothing matched", async () => {
    const { code, out } = await explain("the quick brown fox");
    expect(code).toBe(3);
    expect(out).toContain("Paste more of it");
  });

  it("prints the answer of the contract as JSON, also when nothing matched", async () => {
    expect(ExplainAnswer.parse(JSON.parse((await explain("token mismatch", ["--json"])).out)).matches[0]?.code).toBe("acme.auth.refused");
    expect(JSON.parse((await explain("nothing", ["-", "--json"])).out)).toEqual({ schemaVersion: 1, matches: [] });
  });

  it("asks a person at the keyboard for the text, on standard error", async () => {
    expect((await explain("token mismatch", [], true)).errors).toContain("press Ctrl-D");
    expect((await explain("token mismatch")).errors).toBe("");
  });

  it("looks at the end of a huge text and says so", async () => {
    const { code, errors } = await explain(`${"filler line\n".repeat(200_000)}token mismatch`);
    expect(code).toBe(0);
    expect(errors).toBe("Only the last 1 MiB were looked at.\n");
  });

  it.each([
    ["", "There is no text to explain."],
    [" \n ", "There is no text to explain."],
    ["\u0000".repeat(1_000), "This is not text."],
  ])("ends with 3 for %j", async (input, reason) => {
    const { code, errors } = await explain(input);
    expect(code).toBe(3);
    expect(errors).toContain(reason);
  });

  it("ends with 3 when the file cannot be read", async () => {
    const { code, errors } = await explain("", ["/nonexistent/log"]);
    expect([code, errors]).toEqual([3, "Could not read /nonexistent/log: there is no such file.\n"]);
  });

  it("shows a secret of the pasted text to nobody", async () => {
    const { out } = await explain("token mismatch for sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUv");
    expect(out).toContain("‹Anthropic token");
    expect(out).not.toContain("AbCdEfGh");
  });
});
