import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNameOf } from "./file-name-of.ts";

describe("fileNameOf", () => {
  it("keeps plain names readable", () => {
    expect(fileNameOf("target/ai.some-thing_2")).toBe("target%2fai.some-thing_2");
  });

  it("gives a safe name to any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(fileNameOf(text)).toMatch(/^[a-z0-9_%-][a-z0-9_.%-]{0,119}$/);
      }),
    );
  });

  it("never gives two texts one name, also where the disk does not tell capitals apart", () => {
    const texts = [
      "a",
      "A",
      "%41",
      "a/b",
      "a%2fb",
      "",
      ".",
      "..",
      ".a",
      "%2ea",
      "é",
      "e\u0301",
      " ",
      "x".repeat(121),
      "x".repeat(122),
      "X".repeat(41),
    ];
    expect(new Set(texts.map((text) => fileNameOf(text).toLowerCase())).size).toBe(texts.length);
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (one, two) => {
        expect(fileNameOf(one).toLowerCase() === fileNameOf(two).toLowerCase()).toBe(one === two);
      }),
    );
  });
});
