/** Names a secret without holding it; safe to log. */
export type SecretRef = { readonly service: string; readonly account: string };

/** *missing*, *locked*, *denied* and *unavailable* are different facts and are never folded into one. */
export type SecretReading =
  | { readonly kind: "found"; readonly value: string }
  | { readonly kind: "missing" | "locked" | "denied" | "unavailable" | "timed-out"; readonly reason: string };

export type SecretWriting =
  | { readonly kind: "written" }
  | { readonly kind: "locked" | "denied" | "unavailable" | "timed-out"; readonly reason: string };

/** Lamplighter's own items. Nothing another tool owns is ever read or written through this port. */
export interface SecretStore {
  read(ref: SecretRef): Promise<SecretReading>;
  write(ref: SecretRef, value: string): Promise<SecretWriting>;
  remove(ref: SecretRef): Promise<"removed" | "missing" | "failed">;
}

/** Items other tools own, reached only through the tool that owns the store's access list. Reading is on demand, never in the background. */
export interface ForeignSecrets {
  read(ref: SecretRef): Promise<SecretReading>;
}
