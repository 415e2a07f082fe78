import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "../files/node-files.ts";
import { programChanged } from "./program-changed.ts";

const folder = mkdtempSync(join(tmpdir(), "lamplighter-program-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = join(folder, "agent");
writeFileSync(program, "");

const running = (pid: number): ServiceReading => ({ kind: "loaded", state: "running", rawState: "running", pid });
const changed = (reading: ServiceReading, named = program, commands: CommandRunner = execaCommandRunner()) => {
  const definition = { label: "a", path: "/a.plist", scope: "user" as const, argv: [named], program: named, environment: {}, dict: null };
  return programChanged({ domain: "gui/501", reading, definition }, commands, nodeFiles);
};
/** Seconds around the start of this very process. */
const written = (seconds: number) => {
  const at = (performance.timeOrigin + seconds * 1000) / 1000;
  utimesSync(program, at, at);
};

describe("the program of a running job", { timeout: 20_000 }, () => {
  it("was replaced when its file is newer than the process", async () => {
    // Far enough into the future that it does not matter how long the test's own process has been starting.
    written(3600);
    expect(await changed(running(process.pid))).toBe(true);
  });

  it("was not when its file is older", async () => {
    written(-3600);
    expect(await changed(running(process.pid))).toBe(false);
  });

  it("is taken for unchanged where nothing can be told", async () => {
    written(3600);
    expect(await changed(running(2 ** 30))).toBe(false);
    expect(await changed(running(process.pid), join(folder, "none"))).toBe(false);
    expect(await changed(running(process.pid), "agent")).toBe(false);
    expect(await changed({ kind: "not-installed" })).toBe(false);
    const mute: CommandRunner = { ...execaCommandRunner(), run: async () => ({ kind: "not-found", reason: "no ps" }) };
    expect(await changed(running(process.pid), program, mute)).toBe(false);
  });
});
