import type { Raised } from "../../../../core/model/finding.ts";
import type { ConfigFacts, SecretFact } from "./config-facts.ts";

/** One place that holds a copy of the gateway token. `unreadable` keeps a copy in the picture that could not be compared. */
export type SecretCopy = { readonly where: string; readonly fingerprint?: string };

/** Compares copies by fingerprint. One copy, or copies that agree, are nothing to speak of. */
export function judgeCopies(copies: readonly SecretCopy[]): readonly Raised[] {
  const readable = copies.filter((copy) => copy.fingerprint !== undefined);
  if (new Set(readable.map((copy) => copy.fingerprint)).size < 2) return [];
  const first = readable[0];
  return [
    {
      code: "openclaw.auth.duplicate-secrets",
      params: { count: readable.length },
      evidence: readable.slice(0, 8).map((copy) => ({
        source: copy.where,
        text: copy.fingerprint === first?.fingerprint ? `Holds the token ${copy.fingerprint}` : `Holds another token, ${copy.fingerprint}`,
      })),
    },
  ];
}

/**
 * Whether the service unit would start the gateway with another token than the configuration holds. Fingerprints; undefined means absent.
 * Releases before the summer of 2026 let the environment win on one side only, which makes the two sides disagree.
 */
export function judgeServiceToken(config: string | undefined, service: string | undefined, label: string): readonly Raised[] {
  if (service === undefined) return [];
  if (config !== undefined && config !== service) {
    return [
      {
        code: "openclaw.service.config-mismatch",
        evidence: [
          { source: `service unit ${label}`, text: `Sets OPENCLAW_GATEWAY_TOKEN to ${service}, and gateway.auth.token is ${config}` },
        ],
      },
    ];
  }
  return [
    {
      code: "openclaw.install.upgrade-drift",
      evidence: [
        { source: `service unit ${label}`, text: "Holds a copy of the gateway token, which current releases keep out of the service unit" },
      ],
    },
  ];
}

type AuthFacts = ConfigFacts["gateway"]["auth"];

const show = (fact: SecretFact): string => {
  if (fact.kind === "literal") return fact.fingerprint;
  return fact.kind === "reference" ? `a reference (${fact.source})` : fact.kind;
};

/** How `gateway.auth` differs from the copy that the gateway last accepted, one line each. */
export function authDrift(now: AuthFacts, accepted: AuthFacts): readonly string[] {
  const mode = ({ mode: name }: AuthFacts): string => name ?? "not set";
  return [
    ...(mode(now) === mode(accepted) ? [] : [`gateway.auth.mode is ${mode(now)}, and was ${mode(accepted)} in openclaw.json.last-good`]),
    ...(["token", "password"] as const)
      .filter((name) => show(now[name]) !== show(accepted[name]))
      .map((name) => `gateway.auth.${name} is ${show(now[name])}, and was ${show(accepted[name])} in openclaw.json.last-good`),
  ];
}

/** A note: whether the gateway took the change over shows at its door, and going back to that copy would undo it. */
export function judgeDrift(lines: readonly string[]): readonly Raised[] {
  if (lines.length === 0) return [];
  return [{ code: "openclaw.auth.duplicate-secrets", light: "green", evidence: lines.map((text) => ({ source: "openclaw.json", text })) }];
}
