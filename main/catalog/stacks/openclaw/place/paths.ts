import type { Environment } from "../../../../core/ports/machine.ts";
import type { OpenClawSettings } from "../settings.ts";

export const configNames = ["openclaw.json", "clawdbot.json"] as const;
const legacyDirs = [".clawdbot", ".moltbot"] as const;

/** Where to look, before anything was looked at. `stateDirs` and `configPaths` in order of preference. */
export type Candidates = {
  readonly home: string;
  readonly profile?: string;
  readonly stateDirs: readonly string[];
  readonly configPaths: readonly string[];
  /** True when somebody named the place: then it is used even if nothing is there yet. */
  readonly named: boolean;
};

type Env = Pick<Environment, "home" | "variable">;

const set = (env: Env, ...names: readonly string[]): string | undefined =>
  names.map((name) => env.variable(name)?.trim()).find((value) => value !== undefined && value !== "");

export const join = (folder: string, ...rest: readonly string[]): string => [folder.replace(/\/+$/, ""), ...rest].join("/");

/** A path as a person writes it, with `~` for the home folder. */
export const expand = (path: string, home: string): string => (path === "~" || path.startsWith("~/") ? `${home}${path.slice(1)}` : path);

/** The folders and files OpenClaw itself would use, by the same rules: settings, then its variables, then the defaults. */
export function candidates(settings: Pick<OpenClawSettings, "stateDir" | "configPath" | "profile">, env: Env): Candidates {
  const own = set(env, "HOME") ?? env.home;
  const home = expand(set(env, "OPENCLAW_HOME") ?? own, own);
  const profile = settings.profile ?? set(env, "OPENCLAW_PROFILE");
  const isNamedProfile = profile !== undefined && profile !== "default";
  const stateNamed = settings.stateDir ?? set(env, "OPENCLAW_STATE_DIR", "CLAWDBOT_STATE_DIR");
  // The variable alone, without the option that sets more, leaves the running release in its usual folder.
  const plain = [".openclaw", ...legacyDirs];
  const usual = isNamedProfile ? [`.openclaw-${profile}`, ...(settings.profile === undefined ? plain : [])] : plain;
  const stateDirs = stateNamed === undefined ? usual.map((name) => join(home, name)) : [expand(stateNamed, home)];
  const configNamed = settings.configPath ?? set(env, "OPENCLAW_CONFIG_PATH", "CLAWDBOT_CONFIG_PATH");
  const configPaths =
    configNamed === undefined ? stateDirs.flatMap((dir) => configNames.map((name) => join(dir, name))) : [expand(configNamed, home)];
  return {
    home,
    ...(isNamedProfile ? { profile } : {}),
    stateDirs,
    configPaths,
    named: stateNamed !== undefined || configNamed !== undefined,
  };
}
