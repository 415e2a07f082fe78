import { z } from "zod";

const Path = z.string().min(1);

/** Section `stacks.openclaw` of config.yaml. Everything is optional; what is absent is found. Paths may begin with `~/`. */
export const OpenClawSettings = z.strictObject({
  stateDir: Path.optional(),
  configPath: Path.optional(),
  profile: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  /** Address of the gateway, for one that does not run on this machine. */
  url: z
    .string()
    .regex(/^wss?:\/\//, "must begin with ws:// or wss://")
    .refine((url) => URL.canParse(url), "is not an address")
    .optional(),
  /** Name of the service unit: a launchd label, or a systemd unit. */
  label: z.string().min(1).optional(),
  /** The openclaw program, when it is not on PATH. */
  binary: Path.optional(),
  /** Log files instead of the ones OpenClaw's settings name. */
  logs: z.array(Path).optional(),
  /** Where the shared secret comes from, instead of openclaw.json. Never the secret itself. */
  secretFrom: z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: Path })]).optional(),
  /** Rights to ask for. `operator.pairing` in addition shows devices that wait for approval. */
  scopes: z
    .array(z.enum(["operator.read", "operator.pairing"]))
    .min(1)
    .default(["operator.read"]),
  /**
   * Whether to introduce Lamplighter's own device: `auto` only where that changes nothing at the gateway, `always` also where
   * it leaves a request that somebody has to approve, `never` not at all.
   */
  introduceDevice: z.enum(["auto", "always", "never"]).default("auto"),
  /** Send the secret over an unencrypted connection that leaves this machine. */
  allowPlaintext: z.boolean().default(false),
  /** How long a start may take before it is a problem, seconds. */
  bootGraceSeconds: z.number().min(1).max(3_600).default(240),
});
export type OpenClawSettings = z.output<typeof OpenClawSettings>;
