import { posix } from "node:path";
import type { Environment } from "../core/ports/machine.ts";

/**
 * Folder for what must outlive a restart of ours: journal, kept copies, locks, small facts. LAMPLIGHTER_HOME when that is set, else
 * the platform's place for state (`~/Library/Application Support/Lamplighter` on macOS, the XDG state folder elsewhere). Always absolute
 * as long as LAMPLIGHTER_HOME is.
 */
export function stateDir(environment: Environment): string {
  const own = environment.variable("LAMPLIGHTER_HOME") ?? "";
  if (own !== "") return own;
  if (environment.platform === "macos") return posix.join(environment.home, "Library", "Application Support", "Lamplighter");
  const xdg = environment.variable("XDG_STATE_HOME") ?? "";
  return posix.join(xdg.startsWith("/") ? xdg : posix.join(environment.home, ".local", "state"), "lamplighter");
}
