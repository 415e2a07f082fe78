import type { Presence } from "../../../../core/ports/files.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { at, flag } from "../knowledge/loose.ts";
import { clientFacts } from "../protocol/connect-request.ts";
import type { GatewayTarget } from "../protocol/target.ts";
import type { OpenClawSettings } from "../settings.ts";
import { bindAddresses, isThisMachine, urlsFor } from "./address.ts";
import { type LoadedConfig, loadConfig, loadKeptConfig } from "./config-file.ts";
import { type Credential, chooseCredential } from "./credential.ts";
import { fingerprintWith } from "./fingerprint.ts";
import { type GatewayLock, readLock } from "./lock.ts";
import { candidates, join } from "./paths.ts";
import { choosePort } from "./port.ts";
import { unitLabel } from "./unit-label.ts";

/** Everything found out about where one OpenClaw lives. Holds the credential, so it must not become part of an observation. */
export type Place = {
  readonly home: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** Only the program is there, without any folder, file or unit: nobody has set it up, so nothing is missing. */
  readonly neverSetUp: boolean;
  readonly config: LoadedConfig;
  /** Facts of the configuration in force as far as we know: the file, or the copy kept from when it last made sense. */
  readonly facts?: ConfigFacts;
  readonly mode: "local" | "remote";
  /** Port we look at, and the one the configuration names, when a running gateway was started with another. */
  readonly port: number;
  readonly configuredPort: number;
  /** True when nobody told us the port, because the configuration that would is one this account may not see. */
  readonly isPortGuessed: boolean;
  readonly bind: string;
  /** Addresses beyond loopback on which the gateway should listen. */
  readonly outside: readonly string[];
  readonly label: string | null;
  readonly lock?: GatewayLock;
  readonly credential: Credential;
  readonly target: GatewayTarget;
  readonly fingerprint: (secret: string) => string;
  readonly profile?: string;
};

/** Where the files are: the first state folder that exists, and the configuration file in it. */
async function findFiles(settings: OpenClawSettings, context: ProbeContext) {
  const { environment, files } = context.ports;
  const wanted = candidates(settings, environment);
  const look = (paths: readonly string[]) => Promise.all(paths.map((path) => files.presence(path)));
  const isThere = (one: Presence): boolean => one.kind === "there";
  const folders = await look(wanted.stateDirs);
  const there = folders.map(isThere);
  const stateDir = wanted.stateDirs[there.indexOf(true)] ?? wanted.stateDirs[0] ?? join(wanted.home, ".openclaw");
  const inOrder = [...wanted.configPaths].sort((a, b) => Number(b.startsWith(`${stateDir}/`)) - Number(a.startsWith(`${stateDir}/`)));
  const configs = await look(inOrder);
  const present = configs.map(isThere);
  const configPath = inOrder[present.indexOf(true)] ?? inOrder[0] ?? join(stateDir, "openclaw.json");
  const seen = [...folders, ...configs];
  // Somebody made a link on purpose: what it names may be on a disk that is not there now.
  const exists = seen.some((one) => isThere(one) || (one.kind === "missing" && one.dangling !== undefined));
  const barrier = exists ? undefined : seen.find((one) => one.kind === "barred");
  return { ...wanted, stateDir, configPath, exists, ...(barrier === undefined ? {} : { barrier }) };
}

/** Why it cannot be told whether OpenClaw is here: this account may not look where it would be. Null when it may. */
export async function findBarrier(
  settings: OpenClawSettings,
  context: ProbeContext,
): Promise<Extract<Presence, { kind: "barred" }> | null> {
  return (await findFiles(settings, context)).barrier ?? null;
}

/** Traces of OpenClaw without any file of its own: somebody said it is there, a service unit, or the program alone. */
async function traces(
  label: string | null,
  settings: OpenClawSettings,
  context: ProbeContext,
): Promise<"named" | "unit" | "program" | null> {
  const { commands, services } = context.ports;
  if (settings.url !== undefined || settings.stateDir !== undefined || settings.configPath !== undefined) return "named";
  const unit = label === null ? null : await services.read(label, { timeoutMs: 1_500 }).catch(() => null);
  if (unit !== null && (unit.kind === "loaded" || unit.kind === "not-loaded")) return "unit";
  return settings.binary !== undefined || (await commands.locate("openclaw")) !== null ? "program" : null;
}

const isHidden = (config: LoadedConfig): boolean => config.kind === "unreadable" && config.denied === true;

/** Finds OpenClaw as OpenClaw would find itself; null when there is no sign of it, or none that may be seen. Changes nothing. */
export async function findPlace(settings: OpenClawSettings, context: ProbeContext): Promise<Place | null> {
  const { environment, host, services } = context.ports;
  const found = await findFiles(settings, context);
  const label = unitLabel(services.kind, { setting: settings.label, profile: found.profile, env: environment });
  const trace = found.exists ? "named" : await traces(label, settings, context);
  // The program alone says nothing about files that may not be seen.
  if (trace === null || (trace === "program" && found.barrier !== undefined)) return null;

  const fingerprint = fingerprintWith(`${environment.hostName} ${found.home}`);
  const [config, lock, addresses] = await Promise.all([
    loadConfig(found.configPath, fingerprint, context),
    readLock(found.stateDir, context),
    host.addresses().catch(() => []),
  ]);
  const kept = config.kind === "unreadable" ? await loadKeptConfig(found.configPath, fingerprint, context) : undefined;
  const inForce = config.kind === "read" ? config : kept?.kind === "read" ? kept : undefined;
  const facts = inForce?.facts;
  const mode = settings.url !== undefined || facts?.gateway.mode === "remote" ? "remote" : "local";

  const chosen = choosePort({ setting: settings.port, env: environment, config: facts?.gateway.port, profile: found.profile });
  const live = lock?.owner === undefined ? undefined : lock.port;
  const port = mode === "local" && settings.port === undefined && live !== undefined ? live : chosen.port;
  const bind = facts?.gateway.bind ?? "loopback";
  const credential = await chooseCredential(
    settings,
    {
      home: found.home,
      stateDir: found.stateDir,
      label,
      raw: inForce?.raw,
      unreadable: inForce === undefined && config.kind === "unreadable",
      mode,
    },
    context,
  );

  const urls = urlsFor({
    ...(settings.url === undefined ? {} : { setting: settings.url }),
    ...(mode === "remote" && facts?.gateway.remote.url !== undefined ? { remote: facts.gateway.remote.url } : {}),
    port,
    tls: flag(at(inForce?.raw, "gateway", "tls", "enabled")) === true,
  });
  const here = isThisMachine(urls.host, addresses);
  const encrypted = urls.ws.startsWith("wss://");
  const secret = credential.auth.kind === "none" ? "" : fingerprint(JSON.stringify(credential.auth));
  return {
    home: found.home,
    stateDir: found.stateDir,
    configPath: found.configPath,
    neverSetUp: trace === "program",
    config,
    ...(facts === undefined ? {} : { facts }),
    mode,
    port,
    configuredPort: chosen.port,
    isPortGuessed: mode === "local" && chosen.source === "default" && live === undefined && inForce === undefined && isHidden(config),
    bind,
    outside: mode === "local" ? bindAddresses(bind, facts?.gateway.customBindHost, addresses) : [],
    label: mode === "local" ? label : null,
    ...(lock === undefined ? {} : { lock }),
    credential,
    target: {
      url: urls.ws,
      httpUrl: urls.http,
      local: here === "loopback",
      trusted: here !== "elsewhere" || encrypted || settings.allowPlaintext,
      client: clientFacts(environment.platform),
      scopes: settings.scopes,
      auth: credential.auth,
      authKey: [urls.ws, secret, settings.scopes.join(","), settings.introduceDevice].join(" "),
      audience: mode === "local" ? `openclaw ${found.stateDir}` : `openclaw ${urls.ws}`,
      introduceDevice: settings.introduceDevice,
    },
    fingerprint,
    ...(found.profile === undefined ? {} : { profile: found.profile }),
  };
}
