import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { paths, readText } from "../support/files.ts";

type Section = Readonly<Record<string, unknown>>;
const config = parse(readText("build/electron-builder.yml")) as Section;
const section = (name: string): Section => config[name] as Section;

type Schema = { readonly properties: Section; readonly definitions: Readonly<Record<string, { readonly properties: Section }>> };
const schema = JSON.parse(readText("node_modules/app-builder-lib/scheme.json")) as Schema;
const known = (definition: string): string[] => Object.keys(schema.definitions[definition]?.properties ?? {});

describe("the package", () => {
  it.each([
    ["the whole", config, Object.keys(schema.properties)],
    ["mac", section("mac"), known("MacConfiguration")],
    ["linux", section("linux"), known("LinuxConfiguration")],
    ["deb", section("deb"), known("DebOptions")],
    ["electronFuses", section("electronFuses"), known("FuseOptionsV1")],
  ])("uses only settings that electron-builder knows in %s", (_, used, names) => {
    expect(names.length).toBeGreaterThan(5);
    expect(Object.keys(used).filter((name) => !names.includes(name))).toEqual([]);
  });

  it("is made for both Mac processors, as dmg and zip, from macOS 13 on", () => {
    expect(section("mac")).toMatchObject({
      target: [
        { target: "dmg", arch: ["arm64", "x64"] },
        { target: "zip", arch: ["arm64", "x64"] },
      ],
      minimumSystemVersion: "13.0",
      hardenedRuntime: true,
      extendInfo: {
        LSUIElement: true,
        NSUserNotificationAlertStyle: "alert",
        NSLocalNetworkUsageDescription: expect.stringMatching(/\w{4}/),
      },
    });
  });

  it("is made for Linux as AppImage and deb", () => expect(section("linux")["target"]).toEqual(["AppImage", "deb"]));

  it("cannot be used as a general Node or be debugged from outside", () => {
    expect(section("electronFuses")).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it("asks macOS for no more than it needs", () => {
    const asked = [...readText("build/entitlements.mac.plist").matchAll(/<key>(.+)<\/key>/g)].map((match) => match[1]);
    expect(asked).toEqual(["com.apple.security.cs.allow-jit", "com.apple.security.cs.disable-library-validation"]);
  });

  it("names only files that exist, and leaves sources and tests out", () => {
    const existing = new Set(paths("build"));
    const named = [section("mac")["icon"], section("linux")["icon"], section("mac")["entitlements"], section("mac")["entitlementsInherit"]];
    expect(named.filter((path) => typeof path !== "string" || !existing.has(path))).toEqual([]);
    const included = (config["files"] as string[]).filter((pattern) => !pattern.startsWith("!"));
    expect(included.filter((pattern) => /^(main|renderer|preload|tests|docs|\*\*)\b/.test(pattern))).toEqual([]);
    expect(included).toContain(JSON.parse(readText("package.json")).main.replace(/[^/]+$/, "**"));
  });

  it("compiles nothing and publishes nothing", () => expect(config).toMatchObject({ npmRebuild: false, publish: null }));
});
