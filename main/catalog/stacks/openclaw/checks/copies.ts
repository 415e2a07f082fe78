import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ConfigFacts, SecretFact } from "../knowledge/config-facts.ts";
import { authDrift, judgeCopies, judgeDrift, judgeServiceToken, type SecretCopy } from "../knowledge/secret-copies.ts";
import { loadConfig } from "../place/config-file.ts";
import { readDotenv } from "../place/dotenv.ts";
import { join } from "../place/paths.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

/** Every copy of the gateway token found, as fingerprints. */
export type CopiesSeen = {
  readonly copies: readonly SecretCopy[];
  readonly config?: string;
  readonly service?: string;
  /** The .env file holds the token and nothing else. */
  readonly dotenvAlone?: boolean;
  /** What differs from the configuration that the gateway last accepted, in words. */
  readonly sinceAccepted?: readonly string[];
};

const name = "OPENCLAW_GATEWAY_TOKEN";

const literal = (fact: SecretFact | undefined): string | undefined => (fact?.kind === "literal" ? fact.fingerprint : undefined);

async function look({ place }: Gateway, facts: ConfigFacts | undefined, context: ProbeContext): Promise<CopiesSeen> {
  const { environment, files, services } = context.ports;
  const print = (value: string | null | undefined): string | undefined => {
    if (value === null || value === undefined || value.trim() === "") return undefined;
    context.learnSecret(value, "openclaw gateway token");
    return place.fingerprint(value.trim());
  };
  const file = await files.read(join(place.stateDir, ".env"), { maxBytes: 262_144 });
  const dotenv = file.kind === "text" ? readDotenv(file.text) : new Map<string, string>();
  const service = place.label === null ? undefined : print(await services.environmentValue(place.label, name).catch(() => null));
  const config = literal(facts?.gateway.auth.token);
  const found: readonly (readonly [string, string | undefined])[] = [
    ["gateway.auth.token", config],
    ["gateway.remote.token", literal(facts?.gateway.remote.token)],
    [".env of the state folder", print(dotenv.get(name))],
    ["service unit", service],
    [`variable ${name} here`, print(environment.variable(name))],
  ];
  const accepted = await loadConfig(`${place.configPath}.last-good`, place.fingerprint, context);
  const sinceAccepted = facts === undefined || accepted.kind !== "read" ? [] : authDrift(facts.gateway.auth, accepted.facts.gateway.auth);
  return {
    ...(sinceAccepted.length === 0 ? {} : { sinceAccepted }),
    ...(dotenv.size === 1 && dotenv.has(name) ? { dotenvAlone: true } : {}),
    copies: found.flatMap(([where, fingerprint]) => (fingerprint === undefined ? [] : [{ where, fingerprint }])),
    ...(config === undefined ? {} : { config }),
    ...(service === undefined ? {} : { service }),
  };
}

/** What a plan may take away: a whole .env that says nothing else and differs, and the copy in the unit. */
const removable = ({ config, copies, dotenvAlone, service }: CopiesSeen): Readonly<Record<string, string>> => {
  const other = copies.some(({ where, fingerprint }) => where.startsWith(".env") && config !== undefined && fingerprint !== config);
  return { ...(dotenvAlone === true && other ? { dotenv: "alone" } : {}), ...(service === undefined ? {} : { unit: "holds" }) };
};

function judgeSeen(seen: CopiesSeen, label: string): Verdict {
  const { copies, config, service, sinceAccepted = [] } = seen;
  if (copies.length === 0 && sinceAccepted.length === 0)
    return { light: "grey", summary: "No copy of the token in plain sight", applies: false };
  const told = judgeCopies(copies).map((one) => ({ ...one, params: { ...one.params, ...removable(seen) } }));
  const alarms = [...told, ...judgeServiceToken(config, service, label)];
  const findings = [...alarms, ...judgeDrift(sinceAccepted)];
  const differ = alarms.some((one) => one.code === "openclaw.auth.duplicate-secrets");
  const alike = `${copies.length === 1 ? "One copy" : `${copies.length} copies`} of the token, all alike`;
  return { light: worstOf(findings), summary: differ ? "Copies of the token differ" : alike, findings };
}

/** Where copies of the gateway token lie, and whether they agree. Only fingerprints are kept. */
export const copiesCheck = (gateway: Gateway) =>
  ownCheck<CopiesSeen>(
    { id: "copies", title: "Copies of the token", kind: "credential", everyMs: 60_000, timeoutMs: 4_000 },
    (context) => look(gateway, gateway.place.facts, context),
    (seen) => judgeSeen(seen, gateway.place.label ?? ""),
  );
