import { z } from "zod";

const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** A name or a version is short; a longer text is none of them, and is taken as not said. */
const Word = loose(z.string().max(256));
/** More than this of one list is never used. */
const mostListed = 200;

/** Success answer to `connect`. Everything except its type is optional: fields came and went between releases. */
const HelloOk = z.object({
  type: z.literal("hello-ok"),
  protocol: loose(z.number()),
  server: loose(z.object({ version: Word, bootId: Word, connId: Word })),
  snapshot: loose(
    z.object({
      suspension: loose(z.object({ phase: Word })),
      health: z.unknown().optional(),
      uptimeMs: loose(z.number()),
      stateDir: loose(z.string().max(4_096)),
      configPath: loose(z.string().max(4_096)),
      presence: loose(z.array(z.object({ ip: Word, mode: Word }))),
    }),
  ),
  auth: loose(z.object({ method: Word, scopes: loose(z.array(z.string().max(256))), deviceToken: loose(z.string().max(4_096)) })),
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
    scopes: read.auth?.scopes?.slice(0, mostListed),
    uptimeMs: read.snapshot?.uptimeMs,
    suspension: read.snapshot?.suspension?.phase,
    stateDir: read.snapshot?.stateDir,
    configPath: read.snapshot?.configPath,
    tickIntervalMs: read.policy?.tickIntervalMs,
    clientAddresses: read.snapshot?.presence
      ?.slice(0, mostListed)
      .filter((one) => one.mode !== "gateway")
      .map((one) => one.ip)
      .filter((ip) => ip !== undefined),
  });
  const issuedToken = read.auth?.deviceToken;
  return issuedToken === undefined ? { hello } : { hello, issuedToken };
}
