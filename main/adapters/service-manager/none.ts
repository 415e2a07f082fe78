import type { ServiceManager } from "../../core/ports/service-manager.ts";

/** For systems with neither launchd nor systemd, such as most containers. It knows nothing, which is not the same as "not installed". */
export const noServiceManager: ServiceManager = {
  kind: "none",
  read: async () => ({ kind: "unknown", reason: "no-manager", detail: "This system has neither launchd nor systemd." }),
  find: async () => [],
  environmentValue: async () => null,
  linger: async () => "not-applicable",
};
