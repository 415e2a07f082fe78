import { beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { FileFacts, FileText } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import { configFile } from "./config-file.ts";
import { fixedSettings } from "./fixed-settings.ts";
import { settingsSuite } from "./suite.ts";
import { yamlSettings } from "./yaml-settings.ts";

const path = "/home/sam/.config/lamplighter/config.yaml";
const facts: FileFacts = { kind: "file", sizeBytes: 1, modifiedMs: 0, mode: 0o644, uid: 1000, inode: "1" };

/** A config file that can be edited; null takes it away. */
function config(first: string | FileText | null) {
  const told = new Set<() => void>();
  let file: FileText = { kind: "missing" };
  const put = (next: string | FileText | null) => {
    if (next === null) file = { kind: "missing" };
    else file = typeof next === "string" ? { kind: "text", text: next, facts } : next;
  };
  put(first);
  return {
    source: { path, read: () => file, watch: (changed: () => void) => told.add(changed) },
    edit: (next: string | FileText | null) => {
      put(next);
      for (const changed of told) changed();
    },
  };
}

settingsSuite("fixedSettings", async (sections) => fixedSettings(sections));
settingsSuite("yamlSettings", async (sections) => {
  const nested: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(sections)) {
    const [first = "", second] = name.split(".");
    if (second === undefined) Object.assign(nested, { [first]: value });
    else nested[first] = { ...nested[first], [second]: value };
  }
  return yamlSettings(config(stringify(nested)).source);
});

describe("yamlSettings", () => {
  const good = "stacks:\n  one:\n    port: 1\n";

  it("takes a file that is not there, and an empty one, as no settings", () => {
    for (const text of [null, "", "# only a comment\n", "---\n"]) {
      const settings = yamlSettings(config(text).source);
      expect([settings.section("stacks.one"), settings.problems()]).toEqual([undefined, []]);
    }
  });

  it("follows the file as it is edited, and tells its listeners once per edit", () => {
    const { source, edit } = config(good);
    const settings = yamlSettings(source);
    let told = 0;
    const stop = settings.onChange(() => {
      told += 1;
    });
    edit("stacks:\n  one:\n    port: 2\n");
    expect(settings.section("stacks.one")).toEqual({ port: 2 });
    edit("stacks:\n  one:\n    port: 2 # a remark changes nothing\n");
    expect(told).toBe(1);
    edit(null);
    expect(settings.section("stacks.one")).toBeUndefined();
    expect(told).toBe(2);
    stop();
    edit(good);
    expect([told, settings.section("stacks.one")]).toEqual([2, { port: 1 }]);
  });

  describe("after a bad edit", () => {
    it.each([
      ["a broken indentation", "stacks:\n  one:\n    port: 2\n   host: x\n", 4],
      ["a tab", "stacks:\n\tone: 1\n", 2],
      ["a key that is there twice", "stacks:\n  one: 1\n  one: 2\n", 3],
      ["an open bracket", "stacks: [1, 2\n", 2],
      ["a list instead of sections", "- one\n- two\n", 1],
      ["a bare word", "hello\n", 1],
      ["two documents", "a: 1\n---\nb: 2\n", 2],
      ["an alias to nothing", "a: *nowhere\n", 1],
    ])("keeps the last good settings and points at %s", (_, text, line) => {
      const { source, edit } = config(good);
      const settings = yamlSettings(source);
      let told = 0;
      settings.onChange(() => {
        told += 1;
      });
      edit(text);
      expect(settings.section("stacks.one")).toEqual({ port: 1 });
      expect(settings.problems()[0]).toMatchObject({
        path,
        line,
        column: expect.any(Number),
        message: expect.stringMatching(/^[A-Z].*\. The last good settings stay in force\.$/),
      });
      expect(told).toBe(1);
      edit("stacks:\n  one:\n    port: 3\n");
      expect([settings.section("stacks.one"), settings.problems()]).toEqual([{ port: 3 }, []]);
    });

    it("starts with no settings when the first reading is bad", () => {
      const settings = yamlSettings(config("a: [").source);
      expect(settings.section("a")).toBeUndefined();
      expect(settings.problems()).toMatchObject([{ message: expect.stringContaining("No settings") }]);
    });

    it("quotes nothing from the file, which may hold a secret", () => {
      const settings = yamlSettings(config('token: "hunter2\nother: x\n').source);
      expect(settings.problems().length).toBeGreaterThan(0);
      expect(JSON.stringify(settings.problems())).not.toContain("hunter2");
    });
  });

  it.each<[string, FileText, RegExp]>([
    ["is huge", { kind: "too-large", sizeBytes: 300_000, limitBytes: 262_144 }, /larger than 256 KB/],
    ["is no text", { kind: "not-text" }, /text/],
    ["may not be read", { kind: "unreadable", reason: "This account may not read it (permission denied)." }, /permission/],
  ])("keeps the last good settings and says so when the file %s", (_, file, message) => {
    const { source, edit } = config(good);
    const settings = yamlSettings(source);
    edit(file);
    expect(settings.section("stacks.one")).toEqual({ port: 1 });
    expect(settings.problems()).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each([
    ["nests for ever", "[".repeat(50_000)],
    [
      "grows through aliases",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefghi"].map((c, i) => `${c}: &${c} [${`*${"abcdefghi"[i]}, `.repeat(9)}]`).join("\n")}\n`,
    ],
  ])("survives a file that %s", (_, text) => {
    const settings = yamlSettings(config(text).source);
    expect(settings.problems().length).toBeGreaterThan(0);
    expect(settings.section("a")).toBeUndefined();
  });

  it("says that a tag is not understood but uses the rest", () => {
    const settings = yamlSettings(config("a: !made-up 1\nb: 2\n").source);
    expect(settings.section("b")).toBe(2);
    expect(settings.problems()).toMatchObject([{ line: 1 }]);
  });

  it("cannot be used to change what every object inherits", () => {
    const settings = yamlSettings(config("__proto__:\n  polluted: true\nstacks:\n  __proto__:\n    polluted: true\n").source);
    expect(settings.problems()).toEqual([]);
    expect(Object.keys({})).toEqual([]);
    expect("polluted" in {}).toBe(false);
  });

  describe("when the owner of a section cannot use it", () => {
    const text = "# mine\nstacks:\n  one:\n    host: here\n    port: eighty\n";

    it("points at the line and column, or at the nearest thing around a missing value", () => {
      const settings = yamlSettings(config(text).source);
      settings.reject("stacks.one", [
        { path: ["port"], message: "expected a number" },
        { path: ["token", "file"], message: "is missing" },
      ]);
      expect(settings.problems()).toEqual([
        { path, line: 5, column: 11, message: "stacks.one.port: expected a number. The last good settings stay in force." },
        { path, line: 4, column: 5, message: "stacks.one.token.file: is missing. The last good settings stay in force." },
      ]);
    });

    it("tells the first few of many mistakes, and the beginning of a name without end", () => {
      const settings = yamlSettings(config(text).source);
      settings.reject(
        "stacks.one",
        Array.from({ length: 10_000 }, (_, i) => ({ path: ["logs", i, "k".repeat(200_000)], message: "m".repeat(200_000) })),
      );
      expect(settings.problems()).toHaveLength(5);
      expect(Math.max(...settings.problems().map(({ message }) => message.length))).toBeLessThan(400);
    });

    it("forgets it with the next edit, or when the owner is content", () => {
      const { source, edit } = config(text);
      const settings = yamlSettings(source);
      settings.reject("stacks.one", [{ path: ["port"], message: "expected a number" }]);
      settings.reject("stacks.one", []);
      expect(settings.problems()).toEqual([]);
      settings.reject("stacks.one", [{ path: ["port"], message: "expected a number" }]);
      edit(text.replace("eighty", "80"));
      expect(settings.problems()).toEqual([]);
    });
  });
});

describe("configFile", () => {
  let environment: Environment;
  const variables: Record<string, string> = {};
  beforeEach(() => {
    for (const name of Object.keys(variables)) delete variables[name];
    environment = {
      platform: "linux",
      home: "/home/sam",
      user: "sam",
      uid: 1000,
      tempDir: "/tmp",
      pathDirs: [],
      hostName: "lab",
      variable: (name) => variables[name],
    };
  });

  it("is in LAMPLIGHTER_HOME on every platform", () => {
    variables["LAMPLIGHTER_HOME"] = "/srv/lamp";
    expect(configFile(environment)).toBe("/srv/lamp/config.yaml");
    expect(configFile({ ...environment, platform: "macos" })).toBe("/srv/lamp/config.yaml");
  });

  it("is in the platform's place otherwise", () => {
    expect(configFile(environment)).toBe(path);
    expect(configFile({ ...environment, platform: "macos", home: "/Users/sam" })).toBe(
      "/Users/sam/Library/Application Support/Lamplighter/config.yaml",
    );
  });

  it("follows XDG_CONFIG_HOME when that is an absolute path", () => {
    variables["XDG_CONFIG_HOME"] = "/etc/sam";
    expect(configFile(environment)).toBe("/etc/sam/lamplighter/config.yaml");
    variables["XDG_CONFIG_HOME"] = "relative";
    expect(configFile(environment)).toBe(path);
  });
});
