import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { quoteArgv as quoteInTerminal } from "../../main/hosts/cli/shell-words.ts";
import { quoteArgv as quoteInPage } from "../../renderer/lib/shell-words.ts";

describe.runIf(existsSync("/bin/sh")).each([
  ["the page", quoteInPage],
  ["the terminal", quoteInTerminal],
])("a command copied from a plan in %s", (_, quoteArgv) => {
  it("comes back from a real shell exactly as it went in", () => {
    const words = ["", "two words", "it's", "$HOME", "`id`", "a\nb", "\\", '"', "*", "~", "--flag=x y", "‹…›", "#no comment", "a;b&c|d"];
    const line = `for w in ${quoteArgv(words)}; do printf '%s\\0' "$w"; done`;
    const back = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" }).split("\0").slice(0, -1);
    expect(back).toEqual(words);
  });
});
