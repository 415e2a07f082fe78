import { describe, expect, it } from "vitest";
import { shortcut } from "./shortcut.ts";

describe("key combinations", () => {
  it("are written as on the keyboard in front of the reader", () => {
    expect(shortcut("C", true, true)).toBe("⌘⇧C");
    expect(shortcut("Enter", false, true)).toBe("⌘⏎");
    expect(shortcut("C", true, false)).toBe("Ctrl Shift C");
    expect(shortcut("Enter", false, false)).toBe("Ctrl Enter");
  });
});
