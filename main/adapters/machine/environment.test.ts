import { homedir, userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { ownEnvironment } from "./environment.ts";

describe("ownEnvironment", () => {
  it("says who and where we are", () => {
    const environment = ownEnvironment();
    expect(environment).toMatchObject({ user: userInfo().username, uid: process.getuid?.(), home: homedir() });
    expect(environment.platform).toBe(process.platform === "darwin" ? "macos" : "linux");
    expect(environment.hostName).not.toBe("");
  });

  it("follows HOME, TMPDIR and PATH, and leaves out folders that depend on where we stand", () => {
    const environment = ownEnvironment({ HOME: "/home/other", TMPDIR: "/var/tmp", PATH: "/opt/bin::bin:/usr/bin" });
    expect(environment).toMatchObject({ home: "/home/other", tempDir: "/var/tmp", pathDirs: ["/opt/bin", "/usr/bin"] });
  });

  it("takes an empty HOME for a missing one", () => {
    expect(ownEnvironment({ HOME: "" }).home).toBe(homedir());
  });

  it("reads single variables and has no others", () => {
    const environment = ownEnvironment({ GREETING: "hello" });
    expect(environment.variable("GREETING")).toBe("hello");
    expect(environment.variable("PATH")).toBeUndefined();
  });
});
