import { z } from "zod";

const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Success answer to `connect`. Everything except its type is optional: fields came and went between releases. */
const HelloOk = z.object({
  type: z.literal("hello-ok"),
  protocol: loose(z.number()),
  server: loose(z.object({ version: loose(z.string()), bootId: loose(z.string()), connId: loose(z.string()) })),
  snapshot: loose(
    z.object({
      suspension: loose(z.object({ phase: loose(z.string()) })),
      health: z.unknown().optional(),
      uptimeMs: loose(z.number()),
      stateDir: loose(z.string()),
      configPath: loose(z.string()),
      presence: loose(z.array(z.object({ ip: loose(z.string()), mode: loose(z.string()) }))),
    }),
  ),
  auth: loose(z.object({ method: loose(z.string()), scopes: loose(z.array(z.string())), deviceToken: loose(z.string()) })),
  policy: loose(z.object({ tickIntervalMs: loose(z.number()) })),
});

/** What a gateway says when it lets us in. `issuedToken` is a secret and must not be kept in an observation. */
export type Hello = {
  readonly version?: string;
  readonly bootId?: string;
  readonly protocol?: number;
  readonly authMethod?: string;
  /** Absent means the release did not say; an empty list means none were granted. */
  readonly scopes?: readonly string[];
  readonly uptimeMs?: number;
  readonly suspension?: string;
  readonly stateDir?: string;
  readonly configPath?: string;
  readonly tickIntervalMs?: number;
  /** Addresses of other clients that are connected now. */
  readonly clientAddresses?: readonly string[];
};

const present = <T extends Record<string, unknown>>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** Reads the payload of a successful `connect`; undefined when it is no such thing. */
export function readHello(payload: unknown): { readonly hello: Hello; readonly issuedToken?: string } | undefined {
  const read = HelloOk.safeParse(payload).data;
  if (read === undefined) return undefined;
  const hello: Hello = present({
    version: read.server?.version,
    bootId: read.server?.bootId,
    protocol: read.protocol,
    authMethod: read.auth?.method,
    scopes: read.auth?.scopes,
    uptimeMs: read.snapshot?.uptimeMs,
    suspension: read.snapshot?.suspension?.phase,
    stateDir: read.snapshot?.stateDir,
    configPath: read.snapshot?.configPath,
    tickIntervalMs: read.policy?.tickIntervalMs,
    clientAddresses: read.snapshot?.presence
      ?.filter((one) => one.mode !== "gateway")
      .map((one) => one.ip)
      .filter((ip) => ip !== undefined),
  });
  const issuedToken = read.auth?.deviceToken;
  return issuedToken === undefined ? { hello } : { hello, issuedToken };
}
