import { accessFaults } from "./openclaw-faults-access.ts";
import { channelFaults } from "./openclaw-faults-channels.ts";
import { gatewayFaults } from "./openclaw-faults-gateway.ts";
import { installFaults } from "./openclaw-faults-install.ts";
import type { Fault } from "./openclaw-faults-kind.ts";
import { nodeFaults } from "./openclaw-faults-nodes.ts";

export type { Fault } from "./openclaw-faults-kind.ts";

/** One injected fault per row of the catalogue, and more than one where a row shows in several ways. */
export const faults: readonly Fault[] = [...installFaults, ...gatewayFaults, ...accessFaults, ...channelFaults, ...nodeFaults];
