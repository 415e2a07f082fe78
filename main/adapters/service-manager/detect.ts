import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceControl } from "../../core/ports/service-control.ts";
import type { ServiceManager, ServiceManagerKind } from "../../core/ports/service-manager.ts";
import { launchctlServiceManager } from "./launchctl.ts";
import { launchctlServiceControl } from "./launchctl-control.ts";
import { noServiceManager } from "./none.ts";
import { systemdServiceManager } from "./systemd.ts";
import { systemdServiceControl } from "./systemd-control.ts";

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
function kindOf({ environment, exists = existsSync }: DetectOptions): ServiceManagerKind {
  const { platform, uid, variable } = environment;
  if (platform === "macos") return "launchd";
  const runtimeDir = variable("XDG_RUNTIME_DIR") || `/run/user/${uid}`;
  const marks = ["/run/systemd/system", join(runtimeDir, "systemd/private")];
  return platform === "linux" && marks.some(exists) ? "systemd" : "none";
}

export function detectServiceManager(options: DetectOptions): ServiceManager {
  const kind = kindOf(options);
  if (kind === "none") return noServiceManager;
  return kind === "launchd" ? launchctlServiceManager(options) : systemdServiceManager(options);
}

/** The acting side of the same; undefined where there is nothing to act through. */
export function detectServiceControl(options: DetectOptions & { readonly clock: Clock }): ServiceControl | undefined {
  const kind = kindOf(options);
  if (kind === "none") return undefined;
  return kind === "launchd" ? launchctlServiceControl(options) : systemdServiceControl(options);
}
