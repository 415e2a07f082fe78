import { z } from "zod";
import type { ParseConfig, Parsed } from "../../../probes/config-file/index.ts";
import { readBackends } from "./backends.ts";
import { readBrowser } from "./browser-settings.ts";
import { readChannels } from "./channel-rules.ts";
import type { ConfigFacts, SecretFact } from "./config-facts.ts";
import { at, entries, flag, isRecord, type Loose, number, text, texts } from "./loose.ts";
import { readJson5 } from "./read-json5.ts";

/** Turns a secret into a short name that tells copies apart and gives nothing away. Keyed, so that names mean nothing elsewhere. */
export type Fingerprint = (secret: string) => string;

/** What OpenClaw prints instead of a secret. Pasted back into the configuration it locks everybody out. */
const SENTINEL = /^(?:__OPENCLAW_REDACTED__|undefined|null|\s*)$/;
const ENVIRONMENT = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Whether a text can be a gateway token: one line, no white space or control characters, at least 16 characters. */
export const looksLikeToken = (value: string): boolean => value.length >= 16 && !/[\s\p{Cc}]/u.test(value) && !value.startsWith("$");

function readSecret(value: unknown, fingerprint: Fingerprint, learn: (value: string) => void): SecretFact {
  if (isRecord(value)) {
    const source = text(value["source"]);
    const known = source === "env" || source === "file" || source === "exec" || source === "store" ? source : "other";
    return { kind: "reference", source: known, id: text(value["id"]) ?? "" };
  }
  if (typeof value !== "string") return { kind: "absent" };
  if (SENTINEL.test(value)) return { kind: "placeholder" };
  const variable = ENVIRONMENT.exec(value)?.[1];
  if (variable !== undefined) return { kind: "reference", source: "env", id: variable };
  learn(value);
  return { kind: "literal", fingerprint: fingerprint(value), sane: looksLikeToken(value) };
}

/** An address that can be connected to; one with a variable in it is known only to the gateway. */
const isAddress = (url: string): boolean => url.includes("${") || (/^(?:wss?|https?):\/\//.test(url) && URL.canParse(url));

/** Types of the keys we rely on. Unknown keys are not ours to judge: every release adds some. */
const Shape = z.looseObject({
  gateway: z
    .looseObject({
      mode: z.enum(["local", "remote"]).optional(),
      port: z.number().int().min(1).max(65_535).optional(),
      bind: z.enum(["loopback", "lan", "tailnet", "auto", "custom"]).optional(),
      auth: z.looseObject({ mode: z.enum(["none", "token", "password", "trusted-proxy"]).optional() }).optional(),
      trustedProxies: z.array(z.string()).optional(),
      controlUi: z.looseObject({ enabled: z.boolean().optional(), allowedOrigins: z.array(z.string()).optional() }).optional(),
      remote: z.looseObject({ url: z.string().refine(isAddress).optional() }).optional(),
    })
    .optional(),
  logging: z.looseObject({ file: z.string().optional() }).optional(),
  channels: z.record(z.string(), z.unknown()).optional(),
  plugins: z.looseObject({ allow: z.array(z.string()).optional() }).optional(),
  agents: z.looseObject({}).optional(),
  meta: z.looseObject({ lastTouchedVersion: z.string().optional() }).optional(),
});

function problemsOf(value: unknown): ConfigFacts["problems"] {
  const parsed = Shape.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.slice(0, 10).map((issue) => ({
    path: issue.path.join(".") || "the file",
    message: `has a value it cannot have (${issue.code === "custom" ? "not an address" : issue.code.replaceAll("_", " ")})`,
  }));
}

/** Drops keys whose value is undefined, as the exact optional types want it. */
const given = <T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** A port that exists. What else stands there is told as a problem, and the usual port counts. */
function portAt(gateway: unknown): number | undefined {
  const port = number(at(gateway, "port"));
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

/** Reads an already parsed configuration into facts. */
export function readConfig(value: unknown, fingerprint: Fingerprint, learn: (value: string) => void): ConfigFacts {
  const gateway = at(value, "gateway");
  const secret = (...path: string[]): SecretFact => readSecret(at(gateway, ...path), fingerprint, learn);
  const defaults = at(value, "agents", "defaults");
  const model = at(defaults, "model");
  const allow = at(value, "plugins", "allow");
  return {
    ...given({
      lastTouchedVersion: text(at(value, "meta", "lastTouchedVersion")),
      logFile: text(at(value, "logging", "file")),
      cronEnabled: flag(at(value, "cron", "enabled")),
    }),
    gateway: {
      ...given({
        mode: text(at(gateway, "mode")),
        port: portAt(gateway),
        bind: text(at(gateway, "bind")),
        customBindHost: text(at(gateway, "customBindHost")),
        tailscaleMode: text(at(gateway, "tailscale", "mode")),
      }),
      trustedProxies: texts(at(gateway, "trustedProxies")),
      controlUi: {
        ...given({ enabled: flag(at(gateway, "controlUi", "enabled")), basePath: text(at(gateway, "controlUi", "basePath")) }),
        allowedOrigins: texts(at(gateway, "controlUi", "allowedOrigins")),
      },
      auth: { ...given({ mode: text(at(gateway, "auth", "mode")) }), token: secret("auth", "token"), password: secret("auth", "password") },
      remote: {
        ...given({ url: text(at(gateway, "remote", "url")), sshTarget: text(at(gateway, "remote", "sshTarget")) }),
        token: secret("remote", "token"),
        password: secret("remote", "password"),
      },
    },
    model: {
      ...given({ primary: text(model) ?? text(at(model, "primary")) }),
      fallbacks: texts(at(model, "fallbacks")),
      longContext: entries(at(defaults, "models")).flatMap(([ref, options]) =>
        flag(at(options, "params", "context1m")) === true ? [ref] : [],
      ),
    },
    localBackends: readBackends(at(value, "models", "providers"), model),
    channels: readChannels(at(value, "channels")),
    mentionPatterns: texts(at(value, "messages", "groupChat", "mentionPatterns")).length,
    ...(Array.isArray(allow) ? { pluginsAllow: texts(allow) } : {}),
    browserConfigured: isRecord(at(value, "browser")) && flag(at(value, "browser", "enabled")) !== false,
    browser: readBrowser(at(value, "browser")),
    ...(hasIncludes(value) ? { includes: true as const } : {}),
    problems: problemsOf(value),
  };
}

/** Whether a configuration leaves something to other files; OpenClaw allows that in any of its sections. */
const hasIncludes = (value: unknown, depth = 0): boolean =>
  isRecord(value) && ("$include" in value || (depth < 4 && Object.values(value).some((one) => hasIncludes(one, depth + 1))));

/** The object a settings file holds, or why there is none. */
export function readObject(content: string): Parsed<Loose> {
  const read = readJson5(content);
  if (!read.ok) return read;
  return isRecord(read.value)
    ? { ok: true, value: read.value }
    : { ok: false, problem: { line: 1, message: "the file must hold one object" } };
}

/** A parser for the config-file probe: JSON5, secrets told and replaced by fingerprints, place of a syntax problem. */
export const parseConfigWith =
  (fingerprint: Fingerprint): ParseConfig<ConfigFacts> =>
  (content, { learnSecret }) => {
    const read = readObject(content);
    if (!read.ok) return read;
    return { ok: true, value: readConfig(read.value, fingerprint, (secret) => learnSecret(secret, "openclaw gateway secret")) };
  };
