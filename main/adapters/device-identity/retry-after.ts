import type { SecretReading } from "../../core/ports/secret-store.ts";

/**
 * How long the outcome of asking the keyring stands before we ask again, milliseconds: short where asking is free, long where it
 * may raise the same dialog under the person's hands once more.
 */
export const RETRY_AFTER_MS: Readonly<Record<SecretReading["kind"], number>> = {
  found: 60_000,
  missing: 60_000,
  locked: 30_000,
  unavailable: 30_000,
  denied: 900_000,
  "timed-out": 900_000,
};
