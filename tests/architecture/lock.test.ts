import { describe, expect, it } from "vitest";
import { readText } from "../support/files.ts";

type Entry = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly name?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = { readonly packages: Readonly<Record<string, Entry>> };
type Manifest = Entry & { readonly allowScripts: Readonly<Record<string, boolean>> };

const lockText = readText("package-lock.json");
const { packages } = JSON.parse(lockText) as Lock;
const manifest = JSON.parse(readText("package.json")) as Manifest;
const installed = Object.entries(packages).filter(([path]) => path !== "");
const nameOf = (path: string, entry: Entry): string => entry.name ?? path.replace(/^.*node_modules\//, "");

const platforms = [
  ["darwin", "arm64"],
  ["darwin", "x64"],
  ["linux", "x64"],
  ["linux", "arm64"],
] as const;

/** Native packages by family, with the part of their name that says for which platform they are. */
const families: Readonly<Record<string, (os: string, cpu: string) => RegExp>> = {
  biome: (os, cpu) => new RegExp(`^@biomejs/cli-${os}-${cpu}$`),
  typescript: (os, cpu) => new RegExp(`^@typescript/typescript-${os}-${cpu}$`),
  rolldown: (os, cpu) => new RegExp(`^@rolldown/binding-${os}-${cpu}(-gnu)?$`),
  "oxc-parser": (os, cpu) => new RegExp(`^@oxc-parser/binding-${os}-${cpu}(-gnu)?$`),
  "oxc-resolver": (os, cpu) => new RegExp(`^@oxc-resolver/binding-${os}-${cpu}(-gnu)?$`),
  lightningcss: (os, cpu) => new RegExp(`^lightningcss-${os}-${cpu}(-gnu)?$`),
};

/** Looks a dependency up the way Node does: beside the package first, then upwards. */
function isLocked(from: string, name: string, lock: Lock["packages"] = packages): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/"))).replace(/\/$/, "")) {
    if (lock[base === "" ? `node_modules/${name}` : `${base}/node_modules/${name}`] !== undefined) return true;
    if (base === "") return false;
  }
}

describe("the lock file", () => {
  it.each(platforms)("holds every native package for %s-%s", (os, cpu) => {
    const missing = Object.entries(families).filter(
      ([, pattern]) => !installed.some(([path, entry]) => pattern(os, cpu).test(nameOf(path, entry))),
    );
    expect(missing.map(([family]) => family)).toEqual([]);
  });

  it("knows every family of native packages that it holds", () => {
    const native = installed.filter(([, entry]) => entry.os?.some((os) => os === "darwin" || os === "linux") && entry.cpu !== undefined);
    const stray = native.filter(([path, entry]) => {
      const name = nameOf(path, entry);
      return !Object.keys(families).some((family) => name.includes(family === "biome" ? "@biomejs" : family));
    });
    expect(native.length).toBeGreaterThan(40);
    expect(stray.map(([path]) => path)).toEqual([]);
  });

  it("lacks none of the optional packages that some package may ask for on another platform", () => {
    const lacking = installed.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} wants ${name}`),
    );
    expect(lacking).toEqual([]);
    expect(isLocked("node_modules/a/node_modules/b", "c", { "node_modules/a/node_modules/c": {} })).toBe(true);
    expect(isLocked("node_modules/a", "c", { "node_modules/b/node_modules/c": {} })).toBe(false);
  });

  it("says nowhere from which server somebody happened to install", () => {
    expect(installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
    // The addresses that remain are those of projects asking for funding.
    const hosts = [...lockText.matchAll(/"(\w+)": "https?:\/\//g)].map((match) => match[1]);
    expect(new Set(hosts)).toEqual(new Set(["url"]));
  });

  it("pins every package by its content", () => {
    expect(
      installed.filter(([, entry]) => !entry.link && !entry.inBundle && !entry.integrity?.startsWith("sha512-")).map(([path]) => path),
    ).toEqual([]);
  });

  it("agrees with package.json", () => {
    expect(packages[""]?.dependencies).toEqual(manifest.dependencies);
    expect(packages[""]?.devDependencies).toEqual(manifest.devDependencies);
  });
});

describe("package.json", () => {
  it("asks for exact versions", () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.keys(wanted).length).toBeGreaterThan(20);
    expect(Object.entries(wanted).filter(([, version]) => !/^(npm:@github\/keytar@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("decides about every package that wants to run a script while it is installed", () => {
    const asking = installed.filter(([, entry]) => entry.hasInstallScript).map(([path, entry]) => nameOf(path, entry));
    // Names without versions: npm refuses to match a version against a lock file that names no servers.
    expect(asking.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
  });

  it("lets a single one of them run: the one that brings Node", () => {
    // keytar, fsevents and the 7-Zip chooser carry their binaries; their scripts would only try to compile.
    const allowed = Object.entries(manifest.allowScripts).filter(([, allow]) => allow);
    expect(allowed).toEqual([["node", true]]);
    expect(Object.keys(manifest.allowScripts).filter((name) => !installed.some(([path, entry]) => nameOf(path, entry) === name))).toEqual(
      [],
    );
  });
});
