import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Who may talk to this run of the server. Nothing here outlives the process. */
export type Keys = {
  /** For scripts, as `Authorization: Bearer`. Kept in a file that only the owner can read. */
  readonly token: string;
  readonly cookieName: string;
  /** A new one-time key for an address. */
  issue(): string;
  /** Spends a one-time key: gives the value of a new session cookie, or null when the key is unknown, spent or too old. */
  redeem(key: string): string | null;
  knowsBearer(authorization: string | undefined): boolean;
  knowsCookie(cookie: string | undefined): boolean;
};

/** A one-time address that nobody opened is dead after this time. */
export const KEY_LIFE_MS = 15 * 60_000;
const MOST = 32;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: Buffer, b: Buffer): boolean => timingSafeEqual(a, b);
const random = (): string => randomBytes(32).toString("base64url");
/** Plain hexadecimal below the length of a token, so that the redactor lets an address pass that was made to be shown. */
const randomKey = (): string => randomBytes(20).toString("hex");

/** `port` names the cookie: browsers send cookies to every port of a host, and a demo may run beside the real server. */
export function createKeys(port: number, nowMs: () => number): Keys {
  const token = random();
  const tokenDigest = digest(token);
  const cookieName = `lamplighter-${port}`;
  let open: readonly { readonly digest: Buffer; readonly until: number }[] = [];
  let sessions: readonly Buffer[] = [];

  return {
    token,
    cookieName,
    issue() {
      const key = randomKey();
      open = [...open.slice(1 - MOST), { digest: digest(key), until: nowMs() + KEY_LIFE_MS }];
      return key;
    },
    redeem(key) {
      const wanted = digest(key);
      const found = open.find((entry) => same(entry.digest, wanted));
      if (found === undefined) return null;
      open = open.filter((entry) => entry !== found);
      if (found.until < nowMs()) return null;
      const session = random();
      sessions = [...sessions.slice(1 - MOST), digest(session)];
      return session;
    },
    knowsBearer(authorization) {
      const shown = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? "")?.[1];
      return shown !== undefined && same(digest(shown), tokenDigest);
    },
    knowsCookie(cookie) {
      return (cookie ?? "")
        .split(";")
        .map((pair) => pair.trim().split("="))
        .filter(([name]) => name === cookieName)
        .some(([, value]) => sessions.some((session) => same(session, digest(value ?? ""))));
    },
  };
}
