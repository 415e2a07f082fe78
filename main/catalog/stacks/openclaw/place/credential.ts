import type { ProbeContext } from "../../../../core/ports/index.ts";
import { at, record, text } from "../knowledge/loose.ts";
import type { Auth } from "../protocol/connect-request.ts";
import type { OpenClawSettings } from "../settings.ts";
import { readDotenv } from "./dotenv.ts";
import { expand, join } from "./paths.ts";
import { type ResolvedSecret, readSecretInput, resolveSecret, type SecretSources } from "./secret-input.ts";

/**
 * Why there is nothing to show at the door. `reference`: the configuration points to a secret we cannot reach;
 * `unreadable`: the configuration itself makes no sense, so that nothing is known about its secret; `proxy`: the gateway lets in whom
 * its proxy vouches for, and asks nobody else for a secret.
 */
export type CredentialProblem = { readonly kind: "none-set" | "reference" | "unreadable" | "proxy"; readonly text: string };

/** What we would show at the gateway's door, and where it came from, in words. */
export type Credential = { readonly auth: Auth; readonly from: string; readonly problem?: CredentialProblem };

export type CredentialSources = {
  readonly home: string;
  readonly stateDir: string;
  readonly label: string | null;
  /** openclaw.json, or a kept copy of it; undefined when there is none. */
  readonly raw: unknown;
  /** True when openclaw.json is there and makes no sense, and no copy of it was kept. */
  readonly unreadable: boolean;
  readonly mode: "local" | "remote";
};

/** Sources in the order the gateway's process would meet them: its environment, the `.env` of the state folder, the unit. */
function sourcesFor(from: CredentialSources, context: ProbeContext): SecretSources {
  const { environment, files, services } = context.ports;
  const dotenv = once(async () => {
    const file = await files.read(join(from.stateDir, ".env"), { maxBytes: 262_144 });
    return file.kind === "text" ? readDotenv(file.text) : new Map<string, string>();
  });
  const inConfig = record(at(from.raw, "env", "vars") ?? at(from.raw, "env"));
  return {
    variable: async (name) => {
      const own = environment.variable(name);
      if (own !== undefined && own !== "") return { value: own, from: `the variable ${name}` };
      const written = (await dotenv()).get(name) ?? text(inConfig[name]);
      if (written !== undefined && written !== "") return { value: written, from: `${name} in the .env file or the configuration` };
      const unit = from.label === null ? null : await services.environmentValue(from.label, name).catch(() => null);
      return unit === null ? undefined : { value: unit, from: `${name} in the service unit` };
    },
    file: async (path) => {
      const file = await files.read(expand(path, from.home), { maxBytes: 1_048_576 });
      return file.kind === "text" ? file.text : undefined;
    },
    providers: record(at(from.raw, "secrets", "providers")),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** First source that holds a value. A source that is configured but cannot be read ends the search: the gateway would not go on either. */
async function firstOf(sources: readonly (() => Promise<ResolvedSecret>)[]): Promise<ResolvedSecret> {
  for (const source of sources) {
    const found = await source();
    if (found.kind !== "absent") return found;
  }
  return { kind: "absent" };
}

/** Chooses the credential by the rules of the running release: configuration first, then the environment. Learns every secret it meets. */
export async function chooseCredential(
  settings: Pick<OpenClawSettings, "secretFrom">,
  from: CredentialSources,
  context: ProbeContext,
): Promise<Credential> {
  const sources = sourcesFor(from, context);
  const gateway = at(from.raw, "gateway");
  const declared = text(at(gateway, "auth", "mode"));
  if (from.mode === "local" && declared === "none") return { auth: { kind: "none" }, from: "gateway.auth.mode is none" };

  const look = async (secret: "token" | "password"): Promise<ResolvedSecret> => {
    const local = async () => resolveSecret(readSecretInput(at(gateway, "auth", secret)), `gateway.auth.${secret}`, sources);
    const remote = async () => resolveSecret(readSecretInput(at(gateway, "remote", secret)), `gateway.remote.${secret}`, sources);
    const variable = async (): Promise<ResolvedSecret> => {
      const found = await sources.variable(`OPENCLAW_GATEWAY_${secret.toUpperCase()}`);
      return found === undefined ? { kind: "absent" } : { kind: "found", ...found };
    };
    return firstOf(from.mode === "remote" ? [remote, variable, local] : [local, variable, remote]);
  };
  const kinds: readonly ("token" | "password")[] =
    declared === "password" || declared === "trusted-proxy" ? ["password"] : ["token", "password"];

  if (settings.secretFrom !== undefined) {
    const set = await fromSettings(settings.secretFrom, from.home, context);
    return finish(set, declared === "password" ? "password" : "token", context);
  }
  let problem: CredentialProblem = from.unreadable
    ? { kind: "unreadable", text: "openclaw.json cannot be read, so its secret is not known" }
    : declared === "trusted-proxy"
      ? { kind: "proxy", text: "gateway.auth.mode is trusted-proxy, and no password is set for this machine's own programs" }
      : { kind: "none-set", text: "no token and no password is set where we can look" };
  for (const kind of kinds) {
    const found = await look(kind);
    if (found.kind === "found") return finish(found, kind, context);
    if (found.kind === "unresolved") problem = { kind: "reference", text: found.why };
  }
  return nothing(problem);
}

async function fromSettings(
  source: NonNullable<OpenClawSettings["secretFrom"]>,
  home: string,
  context: ProbeContext,
): Promise<ResolvedSecret> {
  if ("env" in source) {
    const value = context.ports.environment.variable(source.env);
    if (value !== undefined && value !== "") return { kind: "found", value, from: `the variable ${source.env}` };
    return { kind: "unresolved", why: `config.yaml names the variable ${source.env}, which is not set` };
  }
  const file = await context.ports.files.read(expand(source.file, home), { maxBytes: 65_536 });
  const value = file.kind === "text" ? file.text.trim() : "";
  if (value !== "") return { kind: "found", value, from: "the file config.yaml names" };
  return { kind: "unresolved", why: "config.yaml names a file for the secret that cannot be read" };
}

function finish(found: ResolvedSecret, kind: "token" | "password", context: ProbeContext): Credential {
  if (found.kind === "found") {
    context.learnSecret(found.value, `openclaw gateway ${kind}`);
    return { auth: kind === "token" ? { kind, token: found.value } : { kind, password: found.value }, from: found.from };
  }
  return nothing(found.kind === "unresolved" ? { kind: "reference", text: found.why } : { kind: "none-set", text: "no secret is set" });
}

const nothing = (problem: CredentialProblem): Credential => ({ auth: { kind: "none" }, from: "nowhere", problem });
