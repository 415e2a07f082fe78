import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceManager } from "../../core/ports/service-manager.ts";
import { launchctlServiceManager } from "./launchctl.ts";
import { noServiceManager } from "./none.ts";
import { systemdServiceManager } from "./systemd.ts";

export type DetectOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  /** Whether a path exists; replaced in tests. */
  readonly exists?: (path: string) => boolean;
};

/**
 * The service manager of this system. systemd counts when it booted the machine, or when a manager of the account runs
 * although it did not, as in some containers. Having its programs installed is not enough.
 */
export function detectServiceManager({ exists = existsSync, ...options }: DetectOptions): ServiceManager {
  const { platform, uid, variable } = options.environment;
  if (platform === "macos") return launchctlServiceManager(options);
  const runtimeDir = variable("XDG_RUNTIME_DIR") || `/run/user/${uid}`;
  const marks = ["/run/systemd/system", join(runtimeDir, "systemd/private")];
  return platform === "linux" && marks.some(exists) ? systemdServiceManager(options) : noServiceManager;
}
