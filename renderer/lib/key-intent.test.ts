import { describe, expect, it } from "vitest";
import { type Key, type KeyPlace, keyIntent, rowAfter } from "./key-intent.ts";

const key = (name: string, over: Partial<Key> = {}): Key => ({ key: name, meta: false, ctrl: false, alt: false, shift: false, ...over });
const places: readonly KeyPlace[] = ["text", "row", "other"];

describe("keys", () => {
  it.each([
    ["ArrowDown", "next-row"],
    ["ArrowUp", "previous-row"],
    ["ArrowLeft", "back"],
    ["Escape", "back"],
    ["r", "refresh"],
    ["/", "explain"],
  ] as const)("%s means %s outside of fields", (name, intent) => {
    expect(keyIntent(key(name), "row")).toBe(intent);
    expect(keyIntent(key(name), "other")).toBe(intent);
  });

  it("opens with the right arrow only on a row", () => {
    expect(keyIntent(key("ArrowRight"), "row")).toBe("open");
    expect(keyIntent(key("ArrowRight"), "other")).toBeNull();
  });

  it("jumps to the ends only from a row, so that Home still scrolls elsewhere", () => {
    expect(keyIntent(key("Home"), "row")).toBe("first-row");
    expect(keyIntent(key("End"), "row")).toBe("last-row");
    expect(keyIntent(key("End"), "other")).toBeNull();
  });

  it("never takes over typing, except for the way out", () => {
    for (const name of ["r", "/", "ArrowLeft", "ArrowDown", "ArrowRight", "Home"]) expect(keyIntent(key(name), "text")).toBeNull();
    expect(keyIntent(key("Escape"), "text")).toBe("back");
  });

  it.each(["meta", "ctrl"] as const)("knows its combinations with %s everywhere", (modifier) => {
    for (const place of places) {
      expect(keyIntent(key("r", { [modifier]: true }), place)).toBe("refresh");
      expect(keyIntent(key("C", { [modifier]: true, shift: true }), place)).toBe("copy");
    }
  });

  it("leaves copying, reloading without cache and other combinations to the browser", () => {
    expect(keyIntent(key("c", { ctrl: true }), "other")).toBeNull();
    expect(keyIntent(key("R", { ctrl: true, shift: true }), "other")).toBeNull();
    expect(keyIntent(key("ArrowLeft", { alt: true }), "other")).toBeNull();
    expect(keyIntent(key("ArrowLeft", { meta: true }), "row")).toBeNull();
  });
});

describe("walking rows", () => {
  it("goes one on and one back and stays at the ends", () => {
    expect(rowAfter("next-row", 0, 3)).toBe(1);
    expect(rowAfter("next-row", 2, 3)).toBe(2);
    expect(rowAfter("previous-row", 1, 3)).toBe(0);
    expect(rowAfter("previous-row", 0, 3)).toBe(0);
  });

  it("jumps to both ends", () => {
    expect(rowAfter("first-row", 2, 3)).toBe(0);
    expect(rowAfter("last-row", 0, 3)).toBe(2);
  });

  it("enters the list from the side one comes from", () => {
    expect(rowAfter("next-row", -1, 3)).toBe(0);
    expect(rowAfter("previous-row", -1, 3)).toBe(2);
  });

  it("goes nowhere in an empty list", () => {
    expect(rowAfter("next-row", -1, 0)).toBe(-1);
    expect(rowAfter("last-row", -1, 0)).toBe(-1);
  });
});
