import { describe, expect, it } from "vitest";
import { oneLine, showBytes, showDuration, showUrl } from "./summary.ts";

describe("one line for a lamp", () => {
  it("turns breaks, tabs and control characters into blanks", () => {
    expect(oneLine(" a\n\tb\u0007\u001b[31mc\u200b ")).toBe("a b [31mc");
  });
  it("cuts what is too long, with a sign that something is missing", () => {
    expect(oneLine("x".repeat(500))).toHaveLength(90);
    expect(oneLine("abcdef", 4)).toBe("abc…");
  });
});

describe("an address on screen", () => {
  it("keeps host, port and path", () => expect(showUrl("http://127.0.0.1:18789/readyz")).toBe("127.0.0.1:18789/readyz"));
  it("drops user, password, query and fragment, where people keep secrets", () => {
    expect(showUrl("https://kim:s3cret@example.org/a?token=s3cret#s3cret")).toBe("example.org/a");
  });
  it("does not repeat what is no address", () => expect(showUrl("token=s3cret")).toBe("the address"));
});

it.each([
  [850, "850 ms"],
  [4_512, "4.5 s"],
  [720_000, "12 min"],
])("says %d milliseconds as %s", (ms, words) => expect(showDuration(ms)).toBe(words));

it.each([
  [536_870_912, "512 MB"],
  [3_435_973_836, "3.2 GB"],
  [0, "0 MB"],
])("says %d bytes as %s", (bytes, words) => expect(showBytes(bytes)).toBe(words));
