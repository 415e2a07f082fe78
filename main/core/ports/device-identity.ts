/** Lamplighter's own Ed25519 identity. The private key never leaves the adapter. */
export interface DeviceIdentity {
  /**
   * `id` is the lower-case hex SHA-256 of the raw public key, `publicKey` its base64url form without padding.
   * A reason instead, when the key cannot be kept (locked or missing keyring).
   */
  describe(): Promise<
    { readonly kind: "ready"; readonly id: string; readonly publicKey: string } | { readonly kind: "unavailable"; readonly reason: string }
  >;
  /** base64url signature over the UTF-8 text. Rejects when the identity is unavailable. */
  sign(text: string): Promise<string>;
  /** A token another party issued to this device, kept beside the key; null when there is none. */
  issuedToken(audience: string): Promise<string | null>;
  keepIssuedToken(audience: string, token: string): Promise<void>;
  forgetIssuedToken(audience: string): Promise<void>;
}
