import { describe, expect, it } from "vitest";
import { cappedOutput } from "./capped-output.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("cappedOutput", () => {
  it("gives back everything that fits", () => {
    const output = cappedOutput(20);
    output.push(bytes("one "));
    output.push(bytes("two"));
    expect(output.text()).toBe("one two");
    expect(output.truncated).toBe(false);
  });

  it("does not call output truncated that ends exactly at the limit", () => {
    const output = cappedOutput(4);
    output.push(bytes("four"));
    expect(output.truncated).toBe(false);
    output.push(bytes("!"));
    expect(output.truncated).toBe(true);
    expect(output.text()).toBe("four");
  });

  it("cuts inside a chunk and ignores all later ones", () => {
    const output = cappedOutput(5);
    output.push(bytes("abc"));
    output.push(bytes("defgh"));
    output.push(bytes("ijk"));
    expect(output.text()).toBe("abcde");
    expect(output.truncated).toBe(true);
  });

  it("joins a character that arrives in two chunks", () => {
    const output = cappedOutput(10);
    const euro = bytes("€");
    output.push(euro.slice(0, 1));
    output.push(euro.slice(1));
    expect(output.text()).toBe("€");
  });

  it("marks a character cut at the limit, and bytes that are no text, instead of failing", () => {
    const cut = cappedOutput(2);
    cut.push(bytes("€"));
    expect(cut.text()).toBe("\uFFFD");
    const binary = cappedOutput(10);
    binary.push(Uint8Array.of(0xff, 0x00, 0x41));
    expect(binary.text()).toBe("\uFFFD\u0000A");
  });

  it("keeps nothing at a limit of zero or less", () => {
    for (const limit of [0, -3]) {
      const output = cappedOutput(limit);
      output.push(bytes("x"));
      expect([output.text(), output.truncated]).toEqual(["", true]);
    }
  });
});
