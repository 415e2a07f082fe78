import { describe, expect, it } from "vitest";
import { rejoinLines, tidyPaste } from "./tidy-paste.ts";

describe("a pasted text, tidied", () => {
  it.each([
    ["colours", "\u001b[31mfailed\u001b[0m", "failed"],
    ["line ends of Windows and of old terminals", "a\r\nb\rc", "a\nb\nc"],
    ["a byte order mark", "\ufefffailed", "failed"],
    ["characters of 16 bits", "f\u0000a\u0000i\u0000l\u0000", "fail"],
    ["blanks that do not break", "token\u00a0mismatch", "token mismatch"],
    ["marks of quotation", "> > failed\n>> again\n> ", "failed\nagain\n"],
    ["a container engine's JSON around a line", '{"log":"{\\"a\\":1}\\n","stream":"stdout"}\nnext', '{"a":1}\nnext'],
  ])("is without %s", (_, pasted, tidy) => expect(tidyPaste(pasted)).toBe(tidy));

  it.each(["state = running\n\tpid = 5", "a => b", '{"log":{"level":"info"}}', '{"log":"cut in the mid', '{"log":"one"} and more'])(
    "stays as it is otherwise: %j",
    (text) => expect(tidyPaste(text)).toBe(text),
  );
});

describe("lines put together again", () => {
  it("joins a sentence with its rest, and a word with its second half", () => {
    expect(rejoinLines("The specified item could not be found in\nthe keychain.\n\nUnrelated")).toBe(
      "The specified item could not be found in the keychain.",
    );
    expect(rejoinLines("Config auto-restored from last-known-\ngood: /h/openclaw.json")).toBe(
      "Config auto-restored from last-known-good: /h/openclaw.json",
    );
  });

  it.each([
    ["short lines", "not found\nin the list"],
    ["sentences that have ended", "The gateway is not reachable at all.\nrestart it"],
    ["lines that begin anew", "The service could not be started by\nError: another one"],
    ["blank lines", "The service could not be started by\n\nanybody"],
    ["source code", '    # what we say when the address is\n    already("in use")'],
    ["long texts", "the quick brown fox jumps over the\nlazy dog\n".repeat(40)],
  ])("leaves %s alone", (_, text) => expect(rejoinLines(text)).toBeUndefined());
});
