import type { Environment } from "../../../../core/ports/machine.ts";
import type { ServiceManagerKind } from "../../../../core/ports/service-manager.ts";

/** Name under which the service manager knows the gateway of a profile; null where there is no manager. */
export function unitLabel(
  kind: ServiceManagerKind,
  from: { readonly setting?: string | undefined; readonly profile?: string | undefined; readonly env: Pick<Environment, "variable"> },
): string | null {
  if (kind === "none") return null;
  if (from.setting !== undefined) return from.setting;
  const named = from.env.variable(kind === "launchd" ? "OPENCLAW_LAUNCHD_LABEL" : "OPENCLAW_SYSTEMD_UNIT")?.trim();
  if (kind === "launchd") return named || `ai.openclaw.${from.profile ?? "gateway"}`;
  const unit = named || (from.profile === undefined ? "openclaw-gateway" : `openclaw-gateway-${from.profile}`);
  return unit.endsWith(".service") ? unit : `${unit}.service`;
}
