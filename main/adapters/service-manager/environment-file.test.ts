import { describe, expect, it } from "vitest";
import { parseEnvironmentFile } from "./environment-file.ts";

describe("parseEnvironmentFile", () => {
  it("reads plain and quoted values, and passes over comments", () => {
    const text = `# Generated.\nA=1\n B="two words" \n;C=no\nD='it is "quoted"'\nE=a=b\nF=\n`;
    expect([...parseEnvironmentFile(text)]).toEqual([
      ["A", "1"],
      ["B", "two words"],
      ["D", 'it is "quoted"'],
      ["E", "a=b"],
      ["F", ""],
    ]);
  });

  it("lets the last value of a name win, and reads Windows line ends", () => {
    expect(parseEnvironmentFile("A=1\r\nA=2\r\n").get("A")).toBe("2");
  });

  it("unescapes as systemd does", () => {
    const values = parseEnvironmentFile(`A="say \\"hi\\" for \\$5"\nB=back\\ slash\nC='no \\n change'\nD=one\\\ntwo\n`);
    expect(values.get("A")).toBe('say "hi" for $5');
    expect(values.get("B")).toBe("back slash");
    expect(values.get("C")).toBe("no \\n change");
    expect(values.get("D")).toBe("onetwo");
  });

  it("ignores lines that set nothing", () => {
    expect(parseEnvironmentFile("export A=1\n1B=2\nnonsense\n=x\n").size).toBe(0);
  });
});
