import { beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { WorldFile } from "../../core/model/world.ts";
import type { Environment } from "../../core/ports/machine.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { fakeFiles } from "../files/fake.ts";
import { configFile } from "./config-file.ts";
import { fixedSettings } from "./fixed-settings.ts";
import { settingsSuite } from "./suite.ts";
import { yamlSettings } from "./yaml-settings.ts";

const path = "/home/sam/.config/lamplighter/config.yaml";

/** An invented home in which the config file can be edited. */
function home(text?: string) {
  const clock = manualClock();
  const held: Record<string, WorldFile> = {};
  const write = (next: string | WorldFile) => {
    held[path] = typeof next === "string" ? { text: next } : next;
  };
  if (text !== undefined) write(text);
  return {
    files: fakeFiles(() => ({ ...emptyWorld, files: held }), clock),
    edit: async (next: string | WorldFile | null) => {
      if (next === null) delete held[path];
      else write(next);
      await clock.advance(1_000);
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
  return yamlSettings(home(stringify(nested)).files, path);
});

describe("yamlSettings", () => {
  const good = "stacks:\n  one:\n    port: 1\n";

  it("takes a file that is not there, and an empty one, as no settings", async () => {
    for (const text of [undefined, "", "# only a comment\n", "---\n"]) {
      const settings = await yamlSettings(home(text).files, path);
      expect([settings.section("stacks.one"), settings.problems()]).toEqual([undefined, []]);
    }
  });

  it("follows the file as it is edited, and tells its listeners once per edit", async () => {
    const { files, edit } = home(good);
    const settings = await yamlSettings(files, path);
    let told = 0;
    const stop = settings.onChange(() => {
      told += 1;
    });
    await edit("stacks:\n  one:\n    port: 2\n");
    expect(settings.section("stacks.one")).toEqual({ port: 2 });
    await edit("stacks:\n  one:\n    port: 2 # a remark changes nothing\n");
    expect(told).toBe(1);
    await edit(null);
    expect(settings.section("stacks.one")).toBeUndefined();
    expect(told).toBe(2);
    stop();
    await edit(good);
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
    ])("keeps the last good settings and points at %s", async (_, text, line) => {
      const { files, edit } = home(good);
      const settings = await yamlSettings(files, path);
      let told = 0;
      settings.onChange(() => {
        told += 1;
      });
      await edit(text);
      expect(settings.section("stacks.one")).toEqual({ port: 1 });
      expect(settings.problems()[0]).toMatchObject({
        path,
        line,
        column: expect.any(Number),
        message: expect.stringMatching(/^[A-Z].*\. The last good settings stay in force\.$/),
      });
      expect(told).toBe(1);
      await edit("stacks:\n  one:\n    port: 3\n");
      expect([settings.section("stacks.one"), settings.problems()]).toEqual([{ port: 3 }, []]);
    });

    it("starts with no settings when the first reading is bad", async () => {
      const settings = await yamlSettings(home("a: [").files, path);
      expect(settings.section("a")).toBeUndefined();
      expect(settings.problems()).toMatchObject([{ message: expect.stringContaining("No settings") }]);
    });

    it("quotes nothing from the file, which may hold a secret", async () => {
      const settings = await yamlSettings(home('token: "hunter2\nother: x\n').files, path);
      expect(settings.problems().length).toBeGreaterThan(0);
      expect(JSON.stringify(settings.problems())).not.toContain("hunter2");
    });
  });

  it.each([
    ["is huge", { text: `a: ${"x".repeat(300_000)}` }, /larger/],
    ["is no text", { text: "a\u0000b" }, /text/],
    ["may not be read", { text: good, mode: 0 }, /permission/],
  ])("keeps the last good settings and says so when the file %s", async (_, file, message) => {
    const { files, edit } = home(good);
    const settings = await yamlSettings(files, path);
    await edit(file);
    expect(settings.section("stacks.one")).toEqual({ port: 1 });
    expect(settings.problems()).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each([
    ["nests for ever", "[".repeat(50_000)],
    [
      "grows through aliases",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefghi"].map((c, i) => `${c}: &${c} [${`*${"abcdefghi"[i]}, `.repeat(9)}]`).join("\n")}\n`,
    ],
  ])("survives a file that %s", async (_, text) => {
    const settings = await yamlSettings(home(text).files, path);
    expect(settings.problems().length).toBeGreaterThan(0);
    expect(settings.section("a")).toBeUndefined();
  });

  it("says that a tag is not understood but uses the rest", async () => {
    const settings = await yamlSettings(home("a: !made-up 1\nb: 2\n").files, path);
    expect(settings.section("b")).toBe(2);
    expect(settings.problems()).toMatchObject([{ line: 1 }]);
  });

  it("cannot be used to change what every object inherits", async () => {
    const settings = await yamlSettings(home("__proto__:\n  polluted: true\nstacks:\n  __proto__:\n    polluted: true\n").files, path);
    expect(settings.problems()).toEqual([]);
    expect(Object.keys({})).toEqual([]);
    expect("polluted" in {}).toBe(false);
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
