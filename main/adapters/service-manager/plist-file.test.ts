import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { binaryPlist } from "../../../tests/support/binary-plist.ts";
import { plistText } from "../../../tests/support/launchd-rig.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { parsePlist, readPlistFile } from "./plist-file.ts";
import { isDict, type PlistValue, plistLimits } from "./plist-value.ts";

const folder = mkdtempSync(join(tmpdir(), "lamplighter-plist-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const xml = (inside: string) => parsePlist(bytes(`<?xml version="1.0"?>\n<plist version="1.0">${inside}</plist>`));
const readOf = (file: ReturnType<typeof parsePlist>) => (file.kind === "plist" ? plain(file.value) : file);
const faultOf = (file: ReturnType<typeof parsePlist>) => (file.kind === "faulty" ? file.fault : file);

/** Maps as plain lists of pairs, so that they can be compared and no key means anything. */
function plain(value: PlistValue): unknown {
  if (isDict(value)) return [...value].map(([key, each]) => [key, plain(each)]);
  return Array.isArray(value) ? value.map((each: PlistValue) => plain(each)) : value;
}

const job = {
  Label: "org.example.agent",
  ProgramArguments: ["/opt/agent", "--name", "a & b <c> \"d\" 'e'", "", "naïve ☂"],
  RunAtLoad: true,
  KeepAlive: { SuccessfulExit: false },
  ThrottleInterval: 30,
  EnvironmentVariables: { A: "1" },
};

describe("a property list", () => {
  it.each([
    ["XML", bytes(plistText(job))],
    ["binary", binaryPlist(job)],
  ])("is read in its %s form", (_, given) => {
    expect(readOf(parsePlist(given))).toEqual([
      ["Label", "org.example.agent"],
      ["ProgramArguments", job.ProgramArguments],
      ["RunAtLoad", true],
      ["KeepAlive", [["SuccessfulExit", false]]],
      ["ThrottleInterval", 30],
      ["EnvironmentVariables", [["A", "1"]]],
    ]);
  });

  it.each<[string, string, unknown]>([
    ["references by number", "<string>&#65;&#x42;&#x1F56F;</string>", "AB🕯"],
    ["text taken as it is", "<string>a<![CDATA[<b> & c]]>d</string>", "a<b> & cd"],
    ["comments anywhere", "<!-- one --><array><!-- <string> --><string>a<!-- b -->c</string></array>", ["ac"]],
    ["empty values", "<array><string/><string></string><array/><dict/></array>", ["", "", [], []]],
    ["truth written out", "<array><true></true><false/></array>", [true, false]],
    ["numbers", "<array><integer>-5</integer><integer>0x10</integer><real>1.5e3</real></array>", [-5, 16, 1500]],
    [
      "dates and bytes, which are not kept",
      "<array><date>2026-01-01T00:00:00Z</date><data>AAAA</data></array>",
      [{ kind: "date" }, { kind: "bytes" }],
    ],
    ["a key that means something elsewhere", "<dict><key>__proto__</key><string>x</string></dict>", [["__proto__", "x"]]],
    ["the last of two equal keys", "<dict><key>a</key><true/><key>a</key><false/></dict>", [["a", false]]],
    ["white space in a text", "<string>  a\n b </string>", "  a\n b "],
  ])("has %s", (_, inside, value) => expect(readOf(xml(inside))).toEqual(value));

  it("is read with a document type and without the outer tag", () => {
    const type = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';
    expect(readOf(parsePlist(bytes(`\ufeff<?xml version="1.0"?>${type}<dict></dict>`)))).toEqual([]);
  });
});

describe("what is no property list that launchd takes", () => {
  it.each([
    ["two keys in a row", "<dict>\n<key>a</key>\n<key>b</key></dict>", "no value"],
    ["a value where a key belongs", "<dict>\n<string>a</string></dict>", "Found non-key inside <dict> at line 3"],
    ["a key without a value", "<dict><key>a</key>\n</dict>", "Value missing for key inside <dict> at line 3"],
    ["a bare ampersand", "<string>a & b</string>", "unescaped &"],
    ["a bare less-than sign", "<string>a < b</string>", "no tag"],
    ["an unknown reference", "<string>&nbsp;</string>", "unknown reference"],
    ["a reference to no character", "<string>&#0;</string>", "unknown reference"],
    ["an unknown tag", "<thing/>", "Unknown tag <thing>"],
    ["a tag that is not closed", "<dict><key>a</key><string>b", "Missing </string>"],
    ["two values", "<true/><false/>", "More than one value"],
    ["a number that is none", "<integer>ten</integer>", "no number"],
    ["nothing", "", "Unexpected </plist>"],
  ])("%s", (_, inside, fault) => {
    const said = faultOf(xml(inside));
    if (fault === "no value") expect(said).toMatch(/at line 4$/);
    else expect(said).toContain(fault);
  });

  it.each([
    ["JSON, though plutil calls it OK", '{"Label":"a"}', "plutil calls OK"],
    ["the old braces form", '{ Label = "a"; }', "plutil calls OK"],
    ["a project file", "// !$*UTF8*$!\n{}", "plutil calls OK"],
    ["text before the XML", "hello <plist/>", "something stands before"],
    ["an empty file", " \n", "empty"],
    ["something after the end", "<plist><true/></plist>x", "after </plist>"],
    ["entities of its own", '<!DOCTYPE plist [<!ENTITY a "b">]><plist><string>&a;</string></plist>', "declarations of its own"],
  ])("%s", (_, text, fault) => expect(faultOf(parsePlist(bytes(text)))).toContain(fault));

  it("bytes that are no text", () => {
    expect(faultOf(parsePlist(Uint8Array.from([0xff, 0xfe, 0x3c, 0x00])))).toContain("neither XML");
  });

  it("values nested without end, in either form", () => {
    const deep = `${"<array>".repeat(5000)}${"</array>".repeat(5000)}`;
    expect(faultOf(xml(deep))).toContain("too deeply");
    let nested: readonly unknown[] = [];
    for (let depth = 0; depth < 100; depth++) nested = [nested];
    expect(faultOf(parsePlist(binaryPlist(nested as string[])))).toContain("damaged");
  });

  it("more values than a job could have", () => {
    expect(faultOf(xml(`<array>${"<true/>".repeat(plistLimits.values + 1)}</array>`))).toContain("Too many");
  });

  it("a list that holds itself", () => {
    const circular = binaryPlist([["a"]]);
    // The reference of the outer list points at the outer list.
    const at = circular.indexOf(0xa1);
    circular[at + 2] = 0;
    expect(faultOf(parsePlist(circular))).toContain("damaged");
  });

  it("never quotes a value in what it says", () => {
    expect(JSON.stringify(xml("<dict><key>TOKEN</key><string>canary & more</string></dict>"))).not.toContain("canary");
  });

  it("damaged bytes of any kind, without ever throwing or hanging", () => {
    const good = binaryPlist(job);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }), (edits) => {
        const damaged = good.slice();
        for (const [at, byte] of edits) damaged[at] = byte;
        return ["plist", "faulty"].includes(parsePlist(damaged).kind);
      }),
      { numRuns: 500 },
    );
    const text = plistText(job);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 6 }), (at, length, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + length);
        return ["plist", "faulty"].includes(parsePlist(bytes(damaged)).kind);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file", () => {
  const put = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it("is read whatever its name holds", async () => {
    for (const name of ["with space.plist", "with'quote\".plist", "with\nnewline.plist", "$(touch x).plist"])
      expect(await readPlistFile(put(name, binaryPlist({ a: "b" })))).toMatchObject({ kind: "plist", form: "binary" });
  });

  it("is read through a link", async () => {
    const path = join(folder, "link.plist");
    symlinkSync(put("target.plist", plistText({ a: true })), path);
    expect(await readPlistFile(path)).toMatchObject({ kind: "plist", form: "xml" });
  });

  it("that is not there cannot be read", async () => {
    expect(await readPlistFile(join(folder, "none.plist"))).toEqual({ kind: "unreadable" });
  });

  it("that is a folder, a pipe or endless is refused at once", async () => {
    mkdirSync(join(folder, "folder.plist"));
    await execaCommandRunner().run({ file: "mkfifo", args: [join(folder, "pipe.plist")], timeoutMs: 5000 });
    for (const path of [join(folder, "folder.plist"), join(folder, "pipe.plist"), "/dev/zero"])
      expect(await readPlistFile(path)).toEqual({ kind: "faulty", fault: "It is not a regular file" });
  });

  it("that is larger than any job is refused unread", async () => {
    const path = put("large.plist", `<plist><string>${"x".repeat(plistLimits.bytes)}</string></plist>`);
    expect(await readPlistFile(path)).toMatchObject({ kind: "faulty", fault: expect.stringContaining("too large") });
  });
});
