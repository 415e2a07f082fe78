import { compareVersions } from "../knowledge/versions.ts";
import type { Auth } from "./connect-request.ts";
import type { GatewayTarget } from "./target.ts";

/** One try: what is shown, and whether our device key signs it. */
export type Attempt = { readonly way: Way; readonly auth: Auth; readonly asDevice: boolean };

/**
 * `shared`: the shared secret alone. `shared-as-device`: the same, introducing our device. `device`: the token issued to our
 * device. `open`: nothing, because we have nothing or the gateway wants nothing.
 */
export type Way = "shared" | "shared-as-device" | "device" | "open";

/**
 * From this release on a background program on loopback may introduce its device and is never paired by that: the gateway
 * answers with a device token only if somebody approved the device before. Older releases pair it silently, which detection must not cause.
 */
const neverPairsSince = "2026.9.0";

export type Known = {
  /** Release of the gateway; absent when it does not tell. */
  readonly version?: string;
  readonly issuedToken?: string;
  readonly identityReady: boolean;
};

/** What to try, in order; the second only when the first is refused. Never more than two, so that nobody gets locked out. */
export function attempts(target: GatewayTarget, known: Known): readonly Attempt[] {
  const { issuedToken, version } = known;
  const mayUseDevice = target.introduceDevice !== "never" && known.identityReady;
  const harmless = target.local && version !== undefined && compareVersions(version, neverPairsSince) >= 0;
  const asDevice = mayUseDevice && target.auth.kind !== "none" && (target.introduceDevice === "always" || harmless);
  const shared: Attempt = {
    way: target.auth.kind === "none" ? "open" : asDevice ? "shared-as-device" : "shared",
    auth: target.auth,
    asDevice,
  };
  if (!mayUseDevice || issuedToken === undefined) return [shared];
  const device: Attempt = { way: "device", auth: { kind: "device-token", deviceToken: issuedToken }, asDevice: true };
  // On loopback the shared secret opens as much and proves itself at the same time; elsewhere it grants no rights.
  return target.local && target.auth.kind !== "none" ? [shared, device] : [device, shared];
}
