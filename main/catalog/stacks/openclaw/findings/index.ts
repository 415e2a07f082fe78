import type { FindingKind } from "../../../../core/model/finding.ts";
import { accessFindings } from "./access.ts";
import { authFindings } from "./auth.ts";
import { channelFindings } from "./channels.ts";
import { configFindings } from "./config.ts";
import { gatewayFindings } from "./gateway.ts";
import { installFindings } from "./install.ts";
import { nodeFindings } from "./nodes.ts";
import { providerFindings } from "./provider.ts";

/** Every problem of this stack that we can name, nearest to the ground first within each topic. */
export const findings: readonly FindingKind[] = [
  ...installFindings,
  ...gatewayFindings,
  ...configFindings,
  ...authFindings,
  ...accessFindings,
  ...channelFindings,
  ...nodeFindings,
  ...providerFindings,
];
