import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { plistText } from "../../../tests/support/launchd-rig.ts";
import { nodeFiles } from "../files/node-files.ts";
import { plistDefinitions } from "./plist-definitions.ts";
import { plistFaults } from "./plist-faults.ts";
import { placeFaults } from "./plist-place-faults.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-faults-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const label = "org.example.agent";
const path = join(home, `${label}.plist`);
const program = join(home, "agent");
writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
const good = { Label: label, ProgramArguments: [program, "--serve"], RunAtLoad: true };

type Dict = Parameters<typeof plistText>[0];
const definitionOf = async (value: Dict | string, at = path) => {
  writeFileSync(at, typeof value === "string" ? value : plistText(value), { mode: 0o644 });
  const definition = await plistDefinitions({ files: nodeFiles, folders: [{ path: home, scope: "user" }] }).at(at);
  if (!definition) throw new Error("no definition");
  return definition;
};
const uid = process.getuid?.() ?? 0;
const around = async (value: Dict, account = { uid, home }) => placeFaults(await definitionOf(value), nodeFiles, account);

describe("what a definition says", () => {
  it("is found good when it is", async () => {
    const full = {
      ...good,
      KeepAlive: { SuccessfulExit: false, Crashed: true },
      EnvironmentVariables: { A: "1" },
      LimitLoadToSessionType: ["Aqua", "Background"],
      WorkingDirectory: home,
    };
    expect(plistFaults(await definitionOf(full))).toEqual([]);
    expect(await around(full)).toEqual([]);
  });

  it.each<[string, Dict | string, string]>([
    ["no Label", { Program: "/bin/ls" }, "no Label"],
    ["an empty Label", { ...good, Label: "" }, "no Label"],
    ["a Label that is no text", { ...good, Label: 7 }, "no Label"],
    ["no program", { Label: label }, "neither Program nor"],
    ["no words", { Label: label, ProgramArguments: [] }, "neither Program nor"],
    ["an empty program", { Label: label, Program: "" }, "empty text"],
    [
      "words that are no texts",
      `<plist><dict><key>Label</key><string>${label}</string><key>ProgramArguments</key><array><integer>1</integer></array></dict></plist>`,
      "not a list of texts",
    ],
    ["one text instead of a list", { Label: label, ProgramArguments: "/bin/ls -l" }, "not a list of texts"],
    ["a program that is no text", { Label: label, Program: true }, "Program is not a text"],
    ["JSON", JSON.stringify(good), "plutil calls OK"],
    ["a list", "<plist><array/></plist>", "not a dictionary"],
    ["a bare ampersand", plistText(good).replace("--serve", "a & b"), "unescaped &"],
  ])("keeps launchd from loading it: %s", async (_, value, words) => {
    const faults = plistFaults(await definitionOf(value));
    expect(faults).toContainEqual({ words: expect.stringContaining(words), refuses: true });
  });

  it.each<[string, Dict, string]>([
    ["KeepAlive with Crashed false", { ...good, KeepAlive: { Crashed: false } }, "after every clean end"],
    ["KeepAlive with SuccessfulExit true", { ...good, KeepAlive: { SuccessfulExit: true } }, "after every clean end"],
    ["KeepAlive as a word", { ...good, KeepAlive: "yes" }, "neither true, false"],
    ["a variable that is no text", { ...good, EnvironmentVariables: { PORT: 18, A: "x" } }, "not texts: PORT"],
    ["variables as a list", { ...good, EnvironmentVariables: ["A=1"] }, "not a dictionary"],
    ["a session other than the desktop", { ...good, LimitLoadToSessionType: "Background" }, "desktop session"],
    ["Disabled", { ...good, Disabled: true }, "until its label is enabled"],
    ["a ~", { ...good, StandardOutPath: "~/log" }, "does not expand"],
    ["a shell variable", { ...good, WorkingDirectory: "$HOME/x" }, "does not expand"],
    ["a path that is no text", { ...good, WorkingDirectory: 4 }, "WorkingDirectory is not a text"],
    ["a Label other than the file's name", { ...good, Label: "org.example.other" }, "differs from its file name"],
  ])("is doubtful, and launchd takes it: %s", async (_, value, words) => {
    expect(plistFaults(await definitionOf(value))).toEqual([{ words: expect.stringContaining(words), refuses: false }]);
  });

  it("is told without the value of any variable", async () => {
    const faults = plistFaults(await definitionOf({ ...good, EnvironmentVariables: { TOKEN: 12345678 } }));
    expect(JSON.stringify(faults)).not.toContain("12345678");
  });
});

describe("what a definition names", () => {
  it("is a program that is not there, or that nobody may execute", async () => {
    expect(await around({ ...good, Program: join(home, "none") })).toEqual([
      { words: expect.stringContaining(`not there: ${join(home, "none")}`), refuses: false },
    ]);
    const plainFile = join(home, "plain");
    writeFileSync(plainFile, "", { mode: 0o644 });
    expect(await around({ ...good, Program: plainFile })).toEqual([
      { words: expect.stringContaining("cannot be executed"), refuses: false },
    ]);
    expect(await around({ ...good, Program: home })).toHaveLength(1);
  });

  it("is a working directory that is not there", async () => {
    expect(await around({ ...good, WorkingDirectory: join(home, "none") })).toEqual([
      { words: expect.stringContaining("working directory is not there"), refuses: false },
    ]);
  });

  it("is a log in a folder that is not there, once though two logs name it", async () => {
    const log = join(home, "none/out.log");
    expect(await around({ ...good, StandardOutPath: log, StandardErrorPath: log })).toEqual([
      { words: `The folder of its log is not there: ${join(home, "none")}`, refuses: false },
    ]);
  });

  it("is a log that the account may not write", async () => {
    const folder = join(home, "owned");
    mkdirSync(folder, { mode: 0o755 });
    // Seen by an account that owns nothing here.
    const stranger = { uid: uid + 4242, home };
    const faults = await around({ ...good, StandardOutPath: join(folder, "out.log") }, stranger);
    expect(faults).toContainEqual({ words: `The folder of its log cannot be written: ${folder}`, refuses: false });
    writeFileSync(join(folder, "out.log"), "", { mode: 0o644 });
    const again = await around({ ...good, StandardOutPath: join(folder, "out.log") }, stranger);
    expect(again).toContainEqual({ words: `Its log cannot be written: ${join(folder, "out.log")}`, refuses: false });
    const daemon = { ...(await definitionOf({ ...good, StandardOutPath: join(folder, "out.log") })), scope: "system" as const };
    expect(JSON.stringify(await placeFaults(daemon, nodeFiles, stranger))).not.toContain("its log");
    chmodSync(join(folder, "out.log"), 0o666);
    expect(await around({ ...good, StandardOutPath: join(folder, "out.log") }, stranger)).not.toContainEqual(
      expect.objectContaining({ words: expect.stringContaining("log") }),
    );
  });

  it("is a place that macOS guards, or a volume that may be missing", async () => {
    const words = async (folder: string) => (await around({ ...good, WorkingDirectory: folder })).map((each) => each.words).join("\n");
    expect(await words(join(home, "Documents/agent"))).toContain("macOS guards a place");
    expect(await words("/Volumes/Backup/agent")).toContain("needs a volume");
    expect(await words(join(home, "Documentsx"))).not.toContain("guards");
  });
});

describe("the file of a definition", () => {
  it("is refused when others may write to it", async () => {
    const definition = await definitionOf(good);
    chmodSync(path, 0o664);
    expect(await placeFaults(definition, nodeFiles, { uid, home })).toEqual([
      { words: "Others may write to it (mode 664), so launchd refuses it", refuses: true },
    ]);
    chmodSync(path, 0o644);
  });

  it("is passed over at log-in when it is a link", async () => {
    await definitionOf(good);
    const link = join(home, "links");
    mkdirSync(link);
    symlinkSync(path, join(link, `${label}.plist`));
    const definition = await plistDefinitions({ files: nodeFiles, folders: [{ path: link, scope: "user" }] }).labelled(label);
    if (!definition) throw new Error("not found");
    expect(await placeFaults(definition, nodeFiles, { uid, home })).toEqual([
      { words: expect.stringContaining("is a link"), refuses: false },
    ]);
  });

  it.runIf(process.getuid?.() === 0)("is refused when it belongs to another account (needs root)", async () => {
    const definition = await definitionOf(good);
    chownSync(path, 4242, 4242);
    expect(await placeFaults(definition, nodeFiles, { uid: 501, home })).toEqual([
      { words: expect.stringContaining("another account (4242)"), refuses: true },
    ]);
    expect(await placeFaults(definition, nodeFiles, { uid: 4242, home })).toEqual([]);
    // A job of the machine must be root's.
    expect(await placeFaults({ ...definition, scope: "system" }, nodeFiles, { uid: 4242, home })).toHaveLength(1);
    chownSync(path, 0, 0);
  });
});
