import { createHash } from "node:crypto";
import type { Clock } from "../../core/ports/clock.ts";
import type { DeviceIdentity } from "../../core/ports/device-identity.ts";
import type { SecretRef, SecretStore } from "../../core/ports/secret-store.ts";
import { RETRY_AFTER_MS } from "./retry-after.ts";

/**
 * Tokens that others issued to this device, beside its key. Each poll asks for one, so they are remembered for a while, but not for
 * ever: another process of ours may have been issued a newer one. A token that the keyring does not take serves until this process
 * ends; the other party knows us by our key in any case.
 */
export function issuedTokens(
  secrets: SecretStore,
  service: string,
  clock: Clock,
): Pick<DeviceIdentity, "issuedToken" | "keepIssuedToken" | "forgetIssuedToken"> {
  const remembered = new Map<string, { token: Promise<string | null>; untilMs: number }>();
  const remember = (audience: string, token: string | null, forMs = RETRY_AFTER_MS.found) =>
    remembered.set(audience, { token: Promise.resolve(token), untilMs: clock.monotonicMs() + forMs });
  /** An audience is an address; its hash keeps it out of the names of keyring items. */
  const refOf = (audience: string): SecretRef => ({
    service,
    account: `issued-token-${createHash("sha256").update(audience).digest("hex").slice(0, 16)}`,
  });

  const lookUp = (audience: string): Promise<string | null> => {
    const entry = {
      untilMs: Number.POSITIVE_INFINITY,
      token: secrets.read(refOf(audience)).then((reading) => {
        entry.untilMs = clock.monotonicMs() + RETRY_AFTER_MS[reading.kind];
        return reading.kind === "found" ? reading.value : null;
      }),
    };
    remembered.set(audience, entry);
    return entry.token;
  };

  return {
    issuedToken: async (audience) => {
      const known = remembered.get(audience);
      return known && clock.monotonicMs() < known.untilMs ? known.token : lookUp(audience);
    },
    keepIssuedToken: async (audience, token) => {
      remember(audience, token);
      const writing = await secrets.write(refOf(audience), token);
      if (writing.kind !== "written") remember(audience, token, Number.POSITIVE_INFINITY);
    },
    forgetIssuedToken: async (audience) => {
      remember(audience, null);
      await secrets.remove(refOf(audience));
    },
  };
}
