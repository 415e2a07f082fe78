import { describe, expect, it } from "vitest";
import { fakeApp, T0 } from "../../../../tests/support/fake-app.ts";
import { fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { runCli } from "../run-cli.ts";

const lines = [
  { seq: 1, at: T0, what: "repair-started", facts: { repair: "r1", code: "acme.a", title: "Restart\u001b[2J Acme" } },
  { seq: 2, at: T0 + 1_000, what: "step-ended", facts: { repair: "r1", step: "1", state: "done", detail: "Exit code 0" } },
];

async function journal(argv: readonly string[], read: { lines: typeof lines; whole: boolean; damage?: string }) {
  const app = fakeApp({ handlers: { readJournal: async () => read } });
  const terminal = fakeTerminal();
  const code = await runCli(["journal", ...argv], terminal, fakeSurroundings({ app }));
  return { code, out: terminal.out(), errors: terminal.errors(), app };
}

describe("journal", () => {
  it("tells what was done in lines for people, without asking any stack", async () => {
    const { code, out, app } = await journal([], { lines, whole: true });
    expect(code).toBe(0);
    expect(out).toMatch(/^2026-11-20 \d\d:12:00 Began “Restart�\[2J Acme” for acme.a \(r1\)\n/);
    expect(out).toContain("Step 1 done: Exit code 0");
    expect([app.started(), app.stopped()]).toEqual([false, true]);
  });

  it("says when the record is damaged, and ends with 1", async () => {
    const { code, out, errors } = await journal([], { lines, whole: false, damage: "line 3 was changed" });
    expect(code).toBe(1);
    expect(out).toContain("Step 1 done");
    expect(errors).toContain("The record is damaged: line 3 was changed");
  });

  it("says when there is nothing yet", async () => {
    expect((await journal([], { lines: [], whole: true })).out).toBe("Lamplighter has not changed anything here yet.\n");
  });

  it("prints the lines as JSON, as many as were asked for", async () => {
    const { out, app } = await journal(["--json", "--limit", "2"], { lines, whole: true });
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, lines, whole: true });
    expect(app.calls).toEqual([{ name: "readJournal", input: { limit: 2 } }]);
  });
});
