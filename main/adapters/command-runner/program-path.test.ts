import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathFolders, programState, programsNamed } from "./program-path.ts";

let root = "";
const folder = (name: string) => {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const program = (at: string, name: string, mode = 0o755) => {
  const path = join(folder(at), name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lamplighter-programs-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("programState", () => {
  it("tells a program from a plain file, a folder and nothing", async () => {
    expect(await programState(program("a", "tool"))).toBe("executable");
    expect(await programState(program("a", "notes", 0o644))).toBe("not-executable");
    expect(await programState(folder("a"))).toBe("not-executable");
    expect(await programState(join(root, "absent"))).toBe("missing");
  });

  it("calls a link to nowhere missing", async () => {
    symlinkSync(join(root, "gone"), join(folder("a"), "dangling"));
    expect(await programState(join(root, "a/dangling"))).toBe("missing");
  });
});

describe("programsNamed", () => {
  it("finds every one in the order of the folders", async () => {
    const second = program("b", "tool");
    const first = program("a", "tool");
    expect(await programsNamed("tool", [folder("b"), folder("a")])).toEqual([second, first]);
  });

  it("names the same real file once, by the path that comes first", async () => {
    const real = program("a", "tool");
    symlinkSync(real, join(folder("b"), "tool"));
    expect(await programsNamed("tool", [folder("b"), folder("a"), folder("b")])).toEqual([join(root, "b/tool")]);
  });

  it("passes over files that cannot be executed", async () => {
    program("a", "tool", 0o644);
    const other = program("b", "tool");
    expect(await programsNamed("tool", [folder("a"), folder("b")])).toEqual([other]);
  });

  it("never looks into a relative folder, nor follows a name that walks elsewhere", async () => {
    program("a", "tool");
    expect(await programsNamed("tool", [".", "a", ""])).toEqual([]);
    expect(await programsNamed("../a/tool", [folder("b")])).toEqual([]);
    expect(await programsNamed("", [folder("a")])).toEqual([]);
  });
});

describe("pathFolders", () => {
  it("splits a PATH and drops its empty parts", () => {
    expect(pathFolders("/a::/b:")).toEqual(["/a", "/b"]);
    expect(pathFolders(undefined)).toEqual([]);
  });
});
