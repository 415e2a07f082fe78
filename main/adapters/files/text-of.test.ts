import { expect, it } from "vitest";
import { textOf } from "./text-of.ts";

it("decodes UTF-8 and leaves out a byte order mark", () => {
  expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa4))).toBe("aä");
});

it("takes an empty file as empty text", () => {
  expect(textOf(new Uint8Array(0))).toBe("");
});

it("refuses anything with a NUL byte, such as a program or UTF-16 text", () => {
  expect(textOf(Uint8Array.of(0x68, 0x00, 0x69, 0x00))).toBeNull();
});

it("keeps text in which a single byte is broken", () => {
  const bytes = new TextEncoder().encode("port: 18789\nbind: loopback\n");
  bytes[3] = 0xff;
  expect(textOf(bytes)).toContain("bind: loopback");
});

it("refuses bytes that mostly are no characters, such as a compressed log", () => {
  expect(textOf(Uint8Array.from({ length: 200 }, (_, i) => 0x80 + (i % 0x40)))).toBeNull();
});
