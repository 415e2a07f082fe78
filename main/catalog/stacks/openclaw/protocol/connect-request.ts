import type { DeviceProof } from "./device-proof.ts";

/** What we say about ourselves. The id and mode are members of the gateway's closed lists for a background program on the same machine. */
export type ClientFacts = {
  readonly id: "gateway-client";
  readonly mode: "backend";
  readonly displayName: string;
  readonly version: string;
  readonly platform: string;
};

/** `platform` as the gateway pins it for a paired device: it must not change between connections. */
export const clientFacts = (platform: "macos" | "linux" | "other"): ClientFacts => ({
  id: "gateway-client",
  mode: "backend",
  displayName: "Lamplighter",
  version: "0.1.0",
  platform: platform === "macos" ? "darwin" : platform,
});

/** What proves that we may come in. A shared secret and a device token are never sent together. */
export type Auth =
  | { readonly kind: "none" }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "device-token"; readonly deviceToken: string };

/** The secret that becomes part of the signed text; passwords do not. */
export const signedSecret = (auth: Auth): string =>
  auth.kind === "token" ? auth.token : auth.kind === "device-token" ? auth.deviceToken : "";

function authParams(auth: Auth): Readonly<Record<string, string>> | undefined {
  switch (auth.kind) {
    case "token":
      return { token: auth.token };
    case "password":
      return { password: auth.password };
    case "device-token":
      return { deviceToken: auth.deviceToken };
    case "none":
      return undefined;
  }
}

/** Parameters of the `connect` call. The gateway refuses unknown fields, so nothing else may be added. */
export function connectParams(
  client: ClientFacts,
  scopes: readonly string[],
  auth: Auth,
  device?: DeviceProof,
): Readonly<Record<string, unknown>> {
  const credentials = authParams(auth);
  return {
    // 3 keeps gateways up to 2026.5 reachable; 4 is what later ones insist on.
    minProtocol: 3,
    maxProtocol: 4,
    client,
    role: "operator",
    scopes,
    caps: [],
    userAgent: `lamplighter/${client.version}`,
    ...(credentials === undefined ? {} : { auth: credentials }),
    ...(device === undefined ? {} : { device }),
  };
}
