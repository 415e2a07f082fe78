import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePrintDisabled } from "./parse-print-disabled.ts";

describe("parsePrintDisabled", () => {
  it("reads the words of current systems", () => {
    const rows = parsePrintDisabled('\n\tdisabled services = {\n\t\t"com.example.on" => enabled\n\t\t"com.example.off" => disabled\n\t}\n');
    expect([...rows]).toEqual([
      ["com.example.on", false],
      ["com.example.off", true],
    ]);
  });

  it("reads true as switched off, as older systems mean it", () => {
    const rows = parsePrintDisabled('disabled services = {\n\t"com.example.on" => false\n\t"com.example.off" => true\n}\n');
    expect(rows.get("com.example.on")).toBe(false);
    expect(rows.get("com.example.off")).toBe(true);
  });

  it("knows nothing about a label without a line, nor about login items", () => {
    const rows = parsePrintDisabled('login item associations = {\n\t"version.com.example" => "64133"\n}\n');
    expect(rows.size).toBe(0);
    expect(rows.get("com.example")).toBeUndefined();
  });
});

const samples = "../shared/samples/system/launchctl-print-disabled";
describe.runIf(existsSync(`${samples}-01-modern-system.txt`))("published outputs (needs samples)", () => {
  it("are read in both wordings", () => {
    const read = (name: string) => parsePrintDisabled(readFileSync(`${samples}-${name}.txt`, "utf8"));
    expect(read("01-modern-system").get("com.apple.smbd")).toBe(true);
    expect(read("01-modern-system").get("com.microsoft.fresno")).toBe(false);
    expect(read("02-legacy-bools").get("com.apple.ManagedClientAgent.enrollagent")).toBe(true);
    expect(read("02-legacy-bools").has("version.com.docker.helper")).toBe(false);
    expect(read("03-gui-macos26-excerpt").get("com.docker.helper")).toBe(false);
  });
});
