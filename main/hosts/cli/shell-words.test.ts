import { describe, expect, it } from "vitest";
import { quoteArgv } from "./shell-words.ts";

describe("quoteArgv", () => {
  it("leaves plain words as they are", () => {
    expect(quoteArgv(["acme", "devices", "approve", "ab-12", "--url", "http://127.0.0.1:1/x"])).toBe(
      "acme devices approve ab-12 --url http://127.0.0.1:1/x",
    );
  });

  it("quotes whatever a shell would read otherwise", () => {
    expect(quoteArgv(["a b", "", "it's", "$HOME", "A=b", "~", "*"])).toBe(`'a b' '' 'it'\\''s' '$HOME' 'A=b' '~' '*'`);
  });
});
