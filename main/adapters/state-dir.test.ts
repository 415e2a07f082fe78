import { describe, expect, it } from "vitest";
import type { Environment } from "../core/ports/machine.ts";
import { stateDir } from "./state-dir.ts";

const environment = (platform: Environment["platform"], home: string, env: Readonly<Record<string, string>> = {}): Environment => ({
  platform,
  home,
  user: "sam",
  uid: 1000,
  tempDir: "/tmp",
  pathDirs: [],
  hostName: "lab",
  variable: (name) => env[name],
});

describe("stateDir", () => {
  it("is LAMPLIGHTER_HOME on every platform, unless that is empty", () => {
    const env = { LAMPLIGHTER_HOME: "/srv/lamp", XDG_STATE_HOME: "/x" };
    expect(stateDir(environment("linux", "/home/sam", env))).toBe("/srv/lamp");
    expect(stateDir(environment("macos", "/Users/sam", env))).toBe("/srv/lamp");
    expect(stateDir(environment("linux", "/home/sam", { LAMPLIGHTER_HOME: "" }))).toBe("/home/sam/.local/state/lamplighter");
  });

  it("is the platform's place for state otherwise", () => {
    expect(stateDir(environment("macos", "/Users/sam"))).toBe("/Users/sam/Library/Application Support/Lamplighter");
    expect(stateDir(environment("linux", "/home/sam"))).toBe("/home/sam/.local/state/lamplighter");
  });

  it("follows XDG_STATE_HOME when that is an absolute path", () => {
    expect(stateDir(environment("linux", "/home/sam", { XDG_STATE_HOME: "/var/sam" }))).toBe("/var/sam/lamplighter");
    expect(stateDir(environment("linux", "/home/sam", { XDG_STATE_HOME: "here" }))).toBe("/home/sam/.local/state/lamplighter");
  });
});
