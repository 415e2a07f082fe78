import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import type { OpenClawSettings } from "../settings.ts";
import { candidates } from "./paths.ts";
import type { Place } from "./place.ts";

/**
 * Who looks after the gateway's service unit. `openclaw`: its own command wrote the unit and may be asked to act on it. `manager`: there
 * is a unit that somebody else wrote, or that the command would refuse, so only the service manager can be asked. `nobody`: it is
 * started by hand, or lives elsewhere.
 */
export type Keeper = "openclaw" | "manager" | "nobody";

/** Variables by which the openclaw program finds an installation. */
export const placing = ["OPENCLAW_HOME", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "OPENCLAW_PROFILE", "CLAWDBOT_STATE_DIR"] as const;

/** Whether the openclaw program, run with our own variables, would act on this very installation. */
export function findsItself(place: Pick<Place, "stateDir" | "configPath">, settings: OpenClawSettings, context: ProbeContext): boolean {
  const { stateDirs, configPaths } = candidates(
    settings.profile === undefined ? {} : { profile: settings.profile },
    context.ports.environment,
  );
  return stateDirs.includes(place.stateDir) && configPaths.includes(place.configPath);
}

const marker = /^(?:OPENCLAW|CLAWDBOT|MOLTBOT)_SERVICE_(?:MARKER|KIND|VERSION)$/;
const wrapper = /\/service-env\//;

/** OpenClaw marks the units it writes, in their variables or by the script that sets those. */
async function isMarked(label: string, reading: ServiceReading, { services }: ProbeContext["ports"]): Promise<boolean> {
  if (reading.kind === "loaded")
    return (
      reading.environmentNames?.some((name) => marker.test(name)) === true || reading.argv?.some((word) => wrapper.test(word)) === true
    );
  if (reading.kind !== "not-loaded") return false;
  const [value, listings] = await Promise.all([
    services.environmentValue(label, "OPENCLAW_SERVICE_MARKER").catch(() => null),
    services.find(wrapper).catch(() => []),
  ]);
  return value !== null || listings.some((one) => one.label === label);
}

/** The unit as it is now; one that cannot be read counts as unknown, not as absent. */
export const readUnit = (label: string, { services }: ProbeContext["ports"]): Promise<ServiceReading> =>
  services
    .read(label, { timeoutMs: 1_500 })
    .catch((): ServiceReading => ({ kind: "unknown", reason: "unreadable", detail: "the service manager did not answer" }));

/** OpenClaw's own commands refuse units of a home, folder or name that is not the usual one. */
export async function findKeeper(
  place: Pick<Place, "label" | "home" | "stateDir" | "configPath">,
  unit: ServiceReading | undefined,
  settings: OpenClawSettings,
  program: string | null,
  context: ProbeContext,
): Promise<Keeper> {
  const { environment } = context.ports;
  const { label, home } = place;
  if (label === null || unit === undefined || unit.kind === "not-installed") return "nobody";
  const isUsual = home === environment.home && settings.label === undefined && findsItself(place, settings, context);
  return program !== null && isUsual && (await isMarked(label, unit, context.ports)) ? "openclaw" : "manager";
}
