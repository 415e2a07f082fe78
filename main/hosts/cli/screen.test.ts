import { describe, expect, it } from "vitest";
import { fakeTerminal } from "../../../tests/support/fake-terminal.ts";
import { openScreen } from "./screen.ts";

describe("openScreen", () => {
  it("takes the second screen, and gives back the first one with its cursor", () => {
    const terminal = fakeTerminal({ isScreen: true });
    openScreen(terminal).close();
    expect(terminal.out()).toBe("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?7h\u001b[?25h\u001b[?1049l");
  });

  it("draws over the last drawing and clears what is left of it", () => {
    const terminal = fakeTerminal({ isScreen: true });
    const screen = openScreen(terminal);
    const before = terminal.out().length;
    screen.draw(["one", "two"]);
    expect(terminal.out().slice(before)).toBe("\u001b[Hone\u001b[K\ntwo\u001b[K\n\u001b[J");
  });

  it("writes nothing when nothing changed", () => {
    const terminal = fakeTerminal({ isScreen: true });
    const screen = openScreen(terminal);
    screen.draw(["one"]);
    const before = terminal.out();
    screen.draw(["one"]);
    expect(terminal.out()).toBe(before);
  });

  it("keeps to the height of the window and says what is hidden", () => {
    const terminal = fakeTerminal({ isScreen: true, rows: 6 });
    openScreen(terminal).draw(Array.from({ length: 20 }, (_, i) => `line ${i}`));
    expect(terminal.out()).toContain("line 3");
    expect(terminal.out()).not.toContain("line 4");
    expect(terminal.out()).toContain("16 more lines");
  });
});
