import { join } from "node:path";

/** Where we are, as far as folders depend on it. */
export type Place = { readonly platform: string; readonly home: string; readonly env: Readonly<Record<string, string | undefined>> };

/**
 * Folder for what belongs to one run, such as where a server is. Below LAMPLIGHTER_HOME when that is set, else in the
 * platform's place for state: `~/Library/Application Support` on macOS, the XDG state folder elsewhere.
 */
export function runDir({ platform, home, env }: Place): string {
  const own = env["LAMPLIGHTER_HOME"] ?? "";
  if (own !== "") return join(own, "run");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Lamplighter", "run");
  const state = env["XDG_STATE_HOME"] ?? "";
  return join(state.startsWith("/") ? state : join(home, ".local", "state"), "lamplighter", "run");
}
