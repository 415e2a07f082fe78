import type { Auth, ClientFacts } from "./connect-request.ts";

/** One way to one gateway, with what we would show at its door. */
export type GatewayTarget = {
  /** `ws://` or `wss://` address. */
  readonly url: string;
  /** The same place for plain requests, without a path. */
  readonly httpUrl: string;
  /** True for loopback: only there does the gateway treat a background program as its own. */
  readonly local: boolean;
  /** False when credentials would travel readable over a network; then none are sent. */
  readonly trusted: boolean;
  readonly client: ClientFacts;
  readonly scopes: readonly string[];
  readonly auth: Auth;
  /** Changes whenever address or credential change; holds neither. */
  readonly authKey: string;
  /** Under this name a token that the gateway issued to our device is kept. */
  readonly audience: string;
  /** `always`: introduce our device everywhere, which may leave a pairing request at the gateway. */
  readonly introduceDevice: "auto" | "always" | "never";
};
