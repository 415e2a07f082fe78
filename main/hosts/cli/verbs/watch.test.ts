import { describe, expect, it } from "vitest";
import { aRedSnapshot, aSnapshot, fakeApp } from "../../../../tests/support/fake-app.ts";
import { eventually, type FakeTerminalOptions, fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { runCli } from "../run-cli.ts";

function watch(options: FakeTerminalOptions = {}, ...more: readonly string[]) {
  const app = fakeApp();
  const terminal = fakeTerminal(options);
  const done = runCli(["watch", ...more], terminal, fakeSurroundings({ app }));
  return { app, terminal, done };
}

describe("watch", () => {
  it("appends changes where it cannot redraw", async () => {
    const { app, terminal, done } = watch();
    await eventually(() => terminal.out().includes("Everything works"), "the first state");
    app.push(aRedSnapshot());
    await eventually(() => terminal.out().includes("red (was green): Acme refuses"), "the change");
    expect(terminal.out()).not.toContain("\u001b");
    terminal.end();
    expect(await done).toBe(2);
    expect(app.stopped()).toBe(true);
  });

  it("writes one line of JSON per change, the whole state first", async () => {
    const { app, terminal, done } = watch({}, "--json");
    await eventually(() => terminal.out() !== "", "the first line");
    app.push(aSnapshot({ at: 5 }));
    app.push(aRedSnapshot());
    await eventually(() => terminal.out().includes("finding-opened"), "the finding");
    terminal.end();
    await done;
    const lines = terminal
      .out()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((l) => l.change)).toEqual(["started", "light", "stack", "finding-opened"]);
    expect(lines[0].snapshot).toEqual(aSnapshot());
    expect(lines.every((l) => l.schemaVersion === 1 && typeof l.at === "number")).toBe(true);
  });

  it("redraws in place on a screen and leaves the last light behind", async () => {
    const { app, terminal, done } = watch({ isScreen: true, columns: 80 });
    await eventually(() => terminal.out().includes("Everything works"), "the first drawing");
    app.push(aRedSnapshot());
    await eventually(() => terminal.out().includes("acme token --sync"), "the remedy");
    terminal.end();
    expect(await done).toBe(2);
    const [, after = ""] = terminal.out().split("\u001b[?1049l");
    expect(after).toBe("⊖ red: Acme refuses the shared token\n");
  });

  it("starts with what is known when the first round does not finish", async () => {
    const terminal = fakeTerminal();
    const app = fakeApp({ hangs: true });
    const done = runCli(["watch"], terminal, fakeSurroundings({ app }));
    terminal.end();
    expect(await done).toBe(0);
  });
});
