import type { LocalBackend } from "./backends.ts";
import type { BrowserSettings } from "./browser-settings.ts";

/** What the configuration says about one secret, without the secret. */
export type SecretFact =
  | { readonly kind: "absent" }
  /** `sane` is false for text that cannot be a token: white space, control characters, fewer than 16 characters. */
  | { readonly kind: "literal"; readonly fingerprint: string; readonly sane: boolean }
  | { readonly kind: "reference"; readonly source: "env" | "file" | "exec" | "store" | "other"; readonly id: string }
  /** A blank, the words undefined or null, or the word OpenClaw prints in place of a secret. */
  | { readonly kind: "placeholder" };

/** The rules of one channel, or of one of its accounts. Counts only: who is on a list is nobody's business here. */
export type ChannelRules = {
  readonly channel: string;
  readonly account?: string;
  readonly enabled: boolean;
  readonly dmPolicy?: string;
  readonly allowFrom: number;
  readonly groupPolicy?: string;
  readonly groupAllowFrom: number;
  readonly groups: number;
  readonly requireMention?: boolean;
};

/** What we know from openclaw.json. Absent keys stay undefined; the defaults are the reader's business. */
export type ConfigFacts = {
  readonly lastTouchedVersion?: string;
  readonly gateway: {
    readonly mode?: string;
    readonly port?: number;
    readonly bind?: string;
    readonly customBindHost?: string;
    readonly tailscaleMode?: string;
    readonly trustedProxies: readonly string[];
    readonly controlUi: { readonly enabled?: boolean; readonly basePath?: string; readonly allowedOrigins: readonly string[] };
    readonly auth: { readonly mode?: string; readonly token: SecretFact; readonly password: SecretFact };
    readonly remote: { readonly url?: string; readonly sshTarget?: string; readonly token: SecretFact; readonly password: SecretFact };
  };
  readonly logFile?: string;
  readonly model: { readonly primary?: string; readonly fallbacks: readonly string[]; readonly longContext: readonly string[] };
  readonly localBackends: readonly LocalBackend[];
  readonly channels: readonly ChannelRules[];
  readonly mentionPatterns: number;
  readonly pluginsAllow?: readonly string[];
  readonly browserConfigured: boolean;
  readonly browser: BrowserSettings;
  readonly cronEnabled?: boolean;
  /** Parts of it stand in other files, so that this file alone is not the whole. */
  readonly includes?: true;
  /** Known keys with a value of a type they cannot have. Paths only, no values. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
};
