import type { ServiceReading } from "../../core/ports/service-manager.ts";

type UnknownReason = Extract<ServiceReading, { kind: "unknown" }>["reason"];

/** What the numbers mean, in the words of `launchctl error`. 5 is a catch-all and says nothing by itself. */
const meanings: Readonly<Record<number, string>> = {
  1: "operation not permitted",
  3: "no such process",
  5: "input/output error, which can mean almost anything",
  36: "operation now in progress",
  37: "operation already in progress or already loaded",
  107: "malformed bundle",
  108: "invalid path",
  109: "invalid property list",
  110: "invalid service identifier",
  111: "the definition names no program",
  112: "could not find the domain",
  113: "could not find the service",
  119: "the service is disabled",
  121: "the path is not searched for services",
  122: "the path has a bad owner or bad permissions",
  124: "the domain is tearing down",
  125: "the domain does not support the action",
  130: "undefined condition",
  133: "several errors were returned",
  134: "the service cannot be loaded in the requested session",
  144: "the caller lacks an entitlement",
  146: "the domain is in on-demand-only mode",
  150: "protected by System Integrity Protection",
  155: "the program is quarantined",
  159: "a sandbox forbids it",
  161: "the background item is switched off in System Settings",
};

/** Exit codes are the numbers of the table; a code that is not in it is shown as it is. */
export const launchctlMeaning = (code: number): string => meanings[code] ?? `launchctl error ${code}`;

export type LaunchctlFailure = { readonly kind: "no-such-service" } | { readonly kind: "unknown"; readonly reason: UnknownReason };

/** Tells "not loaded" from "could not be asked". The words decide too, because some releases exit with another number. */
export function readLaunchctlFailure(exitCode: number, stderr: string): LaunchctlFailure {
  if (exitCode === 113 || /Could not find service/i.test(stderr)) return { kind: "no-such-service" };
  const noSession = exitCode === 112 || exitCode === 125 || /Could not find domain|Domain does not support/i.test(stderr);
  if (noSession) return { kind: "unknown", reason: "no-session" };
  if (exitCode === 1 || exitCode === 144 || /not permitted/i.test(stderr)) return { kind: "unknown", reason: "denied" };
  return { kind: "unknown", reason: "unreadable" };
}
