import { accessWording } from "./access.ts";
import { authWording } from "./auth.ts";
import { channelWording } from "./channels.ts";
import { configWording } from "./config.ts";
import { gatewayWording } from "./gateway.ts";
import { installWording } from "./install.ts";
import { nodeWording } from "./nodes.ts";
import { providerWording } from "./provider.ts";
import type { WordingRule } from "./rule.ts";

export type { WordingRule } from "./rule.ts";

/** Every rule about wording. */
export const wording: readonly WordingRule[] = [
  ...installWording,
  ...gatewayWording,
  ...configWording,
  ...authWording,
  ...accessWording,
  ...channelWording,
  ...nodeWording,
  ...providerWording,
];
