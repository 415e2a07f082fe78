import type { Environment } from "../../../../core/ports/machine.ts";

const defaultPort = 18_789;
const devPort = 19_001;

/** Port of a named profile: OpenClaw spreads them by a hash of the name (FNV-1a) over 20000 to 59999. */
export function profilePort(profile: string | undefined): number {
  if (profile === undefined) return defaultPort;
  if (profile === "dev") return devPort;
  let hash = 0x811c9dc5;
  for (let i = 0; i < profile.length; i++) hash = Math.imul(hash ^ profile.charCodeAt(i), 0x01000193) >>> 0;
  return 20_000 + (hash % 40_000);
}

export type PortChoice = { readonly port: number; readonly source: "settings" | "environment" | "config" | "default" };

/** A port as OpenClaw accepts it from its variable: a number, or `address:number`. */
function asPort(text: string | undefined): number | undefined {
  const digits = /^(?:\[[^\]]+\]:|[^:\s]+:)?(\d{1,5})$/.exec(text?.trim() ?? "")?.[1];
  const value = Number(digits);
  return digits !== undefined && value >= 1 && value <= 65_535 ? value : undefined;
}

/** The port a client of this account would use. */
export function choosePort(from: {
  readonly setting?: number | undefined;
  readonly env: Pick<Environment, "variable">;
  readonly config?: number | undefined;
  readonly profile?: string | undefined;
}): PortChoice {
  if (from.setting !== undefined) return { port: from.setting, source: "settings" };
  const fromEnv = asPort(from.env.variable("OPENCLAW_GATEWAY_PORT"));
  if (fromEnv !== undefined) return { port: fromEnv, source: "environment" };
  if (from.config !== undefined) return { port: from.config, source: "config" };
  return { port: profilePort(from.profile), source: "default" };
}
