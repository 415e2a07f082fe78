import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import { scriptedCommandRunner } from "../command-runner/scripted.ts";
import { nodeFiles } from "../files/node-files.ts";
import { fakeMachine } from "../machine/fake.ts";
import { detectServiceManager } from "./detect.ts";

const detect = (platform: "macos" | "linux", existing: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const world = { ...emptyWorld, platform, env };
  const { environment } = fakeMachine(() => world);
  const commands = scriptedCommandRunner(() => world);
  return detectServiceManager({ commands, environment, files: nodeFiles, exists: (path) => existing.includes(path) });
};

describe("detectServiceManager", () => {
  it("takes launchd on macOS", () => {
    expect(detect("macos", []).kind).toBe("launchd");
  });

  it("takes systemd where it booted the machine, or where the account has a manager of its own", () => {
    expect(detect("linux", ["/run/systemd/system"]).kind).toBe("systemd");
    expect(detect("linux", ["/run/user/1000/systemd/private"]).kind).toBe("systemd");
    expect(detect("linux", ["/tmp/run/systemd/private"], { XDG_RUNTIME_DIR: "/tmp/run" }).kind).toBe("systemd");
  });

  it("takes none elsewhere, which answers that it does not know", async () => {
    const none = detect("linux", ["/usr/bin/systemctl"]);
    expect(none.kind).toBe("none");
    expect(await none.read("any.service")).toMatchObject({ kind: "unknown", reason: "no-manager" });
    expect(await none.find(/./)).toEqual([]);
    expect(await none.environmentValue("any.service", "X")).toBeNull();
    expect(await none.linger()).toBe("not-applicable");
  });
});
