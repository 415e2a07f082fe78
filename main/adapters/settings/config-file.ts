import { posix } from "node:path";
import type { Environment } from "../../core/ports/machine.ts";

/**
 * Where the user's `config.yaml` is: in LAMPLIGHTER_HOME when that is set, else in the platform's place for configuration
 * (`~/Library/Application Support/Lamplighter` on macOS, the XDG folder elsewhere).
 */
export function configFile(environment: Environment): string {
  const own = environment.variable("LAMPLIGHTER_HOME") ?? "";
  if (own !== "") return posix.join(own, "config.yaml");
  if (environment.platform === "macos") return posix.join(environment.home, "Library", "Application Support", "Lamplighter", "config.yaml");
  const xdg = environment.variable("XDG_CONFIG_HOME") ?? "";
  return posix.join(xdg.startsWith("/") ? xdg : posix.join(environment.home, ".config"), "lamplighter", "config.yaml");
}
