import type { Raised } from "../../../../core/model/finding.ts";
import type { Light } from "../../../../core/model/light.ts";
import { at, entries, type Loose, number, oneLine, records, text, texts } from "./loose.ts";

const DAY = 86_400_000;
/** Days before the end of a pasted token at which we start to speak. */
export const WARN_DAYS = 7;

const CODE = "openclaw.provider.credential-expired";
type Complaint = { readonly provider: string; readonly light: Light; readonly text: string };

/** An OAuth access token that ends is renewed by OpenClaw itself; only a failed renewal is news. */
const renewsItself = (profile: Loose): boolean => text(profile["type"]) === "oauth";

function ofProfile(profile: Loose, provider: string, nowMs: number): readonly Complaint[] {
  const id = text(profile["profileId"]) ?? provider;
  const status = text(profile["status"]);
  const why = text(profile["reasonCode"]);
  const words = (what: string): string => `${id} ${what}${why === undefined || why === "ok" || why === status ? "" : ` (${why})`}`;
  if (status === "missing") return [{ provider, light: "red", text: words("has no credential") }];
  if (status === "expired") return renewsItself(profile) ? [] : [{ provider, light: "red", text: words("is expired") }];
  if (renewsItself(profile)) return [];
  const ends = number(at(profile, "expiry", "at")) ?? number(profile["expiresAt"]);
  const left = ends === undefined ? number(profile["remainingMs"]) : ends - nowMs;
  if (left !== undefined && left <= 0) return [{ provider, light: "red", text: words("is expired") }];
  if (status === "expiring" || (left !== undefined && left < WARN_DAYS * DAY)) {
    return [{ provider, light: "amber", text: words(left === undefined ? "ends soon" : `ends in ${inWords(left)}`) }];
  }
  if (why !== undefined && /malformed|unresolved_ref|invalid_expires|missing_credential/.test(why))
    return [{ provider, light: "red", text: words("cannot be used") }];
  return [];
}

const inWords = (ms: number): string => (ms < 2 * DAY ? `${Math.max(1, Math.round(ms / 3_600_000))} h` : `${Math.round(ms / DAY)} days`);

/** Answer of the `models.authStatus` call: `providers[]{provider,status,profiles[]}`. */
function fromAuthStatus(payload: unknown, nowMs: number): readonly Complaint[] {
  return records(at(payload, "providers")).flatMap((entry) => {
    const provider = text(entry["provider"]) ?? "provider";
    const profiles = records(entry["profiles"]);
    if (profiles.length > 0) {
      const each = profiles.flatMap((profile) => ofProfile(profile, provider, nowMs));
      // One good profile is enough for the provider to work; the others are worth a note, not an alarm.
      const usable =
        profiles.length > profiles.filter((profile) => ofProfile(profile, provider, nowMs).some((c) => c.light === "red")).length;
      return usable ? each.map((c) => ({ ...c, light: "amber" as const })) : each;
    }
    return text(entry["status"]) === "missing" ? [] : ofProfile(entry, provider, nowMs);
  });
}

/** Answer of `openclaw models status --json`: `auth.{missingProvidersInUse,unusableProfiles,oauth.profiles,modelRouteIssues}`. */
function fromModelsStatus(payload: unknown, nowMs: number): readonly Complaint[] {
  const auth = at(payload, "auth");
  const missing = texts(at(auth, "missingProvidersInUse"));
  const unusable = records(at(auth, "unusableProfiles")).map((profile): Complaint => {
    const provider = text(profile["provider"]) ?? "provider";
    const until = number(profile["remainingMs"]);
    const pause = until === undefined ? "" : ` for ${inWords(until)}`;
    return {
      provider,
      light: "red",
      text: `${text(profile["profileId"]) ?? provider} is switched off${pause} (${text(profile["reason"]) ?? "no reason given"})`,
    };
  });
  const profiles = records(at(auth, "oauth", "profiles")).flatMap((profile) =>
    ofProfile(profile, text(profile["provider"]) ?? "provider", nowMs),
  );
  const probes = records(at(payload, "probes", "results")).flatMap((result): readonly Complaint[] => {
    const status = text(result["status"]);
    const provider = text(result["provider"]) ?? "provider";
    if (status === undefined || ["ok", "rate_limit", "timeout", "no_model"].includes(status)) return [];
    return [
      {
        provider,
        light: "red",
        text: `A real call with ${text(result["profileId"]) ?? provider} failed: ${oneLine(text(result["error"]) ?? status, 120)}`,
      },
    ];
  });
  return [
    ...missing.map(
      (provider): Complaint => ({ provider, light: "red", text: `${provider} is used by a configured model and has no usable credential` }),
    ),
    ...unusable,
    ...profiles,
    ...probes,
  ];
}

/** Findings from `models.authStatus` or `models status --json`. A token marked ok may still be refused: only a call proves it. */
export function judgeModelAuth(payload: unknown, nowMs: number, source = "models.authStatus"): readonly Raised[] {
  const complaints = at(payload, "auth") === undefined ? fromAuthStatus(payload, nowMs) : fromModelsStatus(payload, nowMs);
  if (complaints.length === 0) return [];
  const inUse = new Set(complaints.map((c) => c.provider));
  const light: Light = complaints.some((c) => c.light === "red") ? "red" : "amber";
  return [
    {
      code: CODE,
      light,
      params: { named: `(${[...inUse].join(", ")})`, provider: complaints[0]?.provider ?? "" },
      evidence: complaints.slice(0, 8).map((c) => ({ source, text: c.text })),
    },
  ];
}

/** Profiles in the older `auth-profiles.json`: ends and pauses are epoch milliseconds. Values of secrets are not read. */
export function judgeAuthProfilesFile(file: unknown, nowMs: number, source = "auth-profiles.json"): readonly Raised[] {
  const usage = at(file, "usageStats");
  const complaints = entries(at(file, "profiles")).flatMap(([id, profile]): readonly Complaint[] => {
    const provider = text(profile["provider"]) ?? id;
    const until = number(at(usage, id, "disabledUntil"));
    const paused: readonly Complaint[] =
      until !== undefined && until > nowMs
        ? [{ provider, light: "amber", text: `${id} is switched off (${text(at(usage, id, "disabledReason")) ?? "no reason given"})` }]
        : [];
    const ends = number(profile["expires"]);
    return [
      ...ofProfile({ profileId: id, type: text(profile["type"]), ...(ends === undefined ? {} : { expiresAt: ends }) }, provider, nowMs),
      ...paused,
    ];
  });
  if (complaints.length === 0) return [];
  const light: Light = complaints.some((c) => c.light === "red") ? "red" : "amber";
  return [
    {
      code: CODE,
      light,
      params: { named: `(${[...new Set(complaints.map((c) => c.provider))].join(", ")})` },
      evidence: complaints.map((c) => ({ source, text: c.text })),
    },
  ];
}
