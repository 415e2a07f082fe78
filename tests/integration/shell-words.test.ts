import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { quoteArgv } from "../../main/core/model/shell-words.ts";

it("a command copied from a plan comes back from a real shell exactly as it went in", () => {
  const words = ["", "two words", "it's", "$HOME", "`id`", "a\nb", "\\", '"', "*", "~", "--flag=x y", "‹…›", "#no comment", "a;b&c|d"];
  const line = `for w in ${quoteArgv(words)}; do printf '%s\\0' "$w"; done`;
  const back = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" }).split("\0").slice(0, -1);
  expect(back).toEqual(words);
});
