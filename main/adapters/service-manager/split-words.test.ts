import { describe, expect, it } from "vitest";
import { splitWords } from "./split-words.ts";

describe("splitWords", () => {
  it.each([
    ["", []],
    ["   ", []],
    ["/bin/a  b\tc", ["/bin/a", "b", "c"]],
    [`"two words" 'and three more'`, ["two words", "and three more"]],
    [`""`, [""]],
    [`"q\\"r" 'it\\'s'`, ['q"r', "it's"]],
    ["a\\x20b line\\nbreak back\\\\slash", ["a b", "line\nbreak", "back\\slash"]],
    [`FOO=bar "BAZ=a b" "D=\\$HOME"`, ["FOO=bar", "BAZ=a b", "D=$HOME"]],
    [`it's 5"`, ["it's", '5"']],
    [`A="x y"`, ["A=x y"]],
    [`"never closed`, ["never closed"]],
    ["ends in\\", ["ends", "in"]],
  ])("splits %j", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});
