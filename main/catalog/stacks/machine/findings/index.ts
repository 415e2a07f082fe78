import type { FindingKind } from "../../../../core/model/finding.ts";
import { containerFindings } from "./containers.ts";
import { hostFindings } from "./host.ts";
import { networkFindings } from "./network.ts";
import { secretFindings } from "./secrets.ts";
import { serviceUnitFindings } from "./service-units.ts";
import { systemdFindings } from "./systemd.ts";

/** Every problem of the machine, with its words. */
export const findings: readonly FindingKind[] = [
  ...serviceUnitFindings,
  ...systemdFindings,
  ...containerFindings,
  ...secretFindings,
  ...networkFindings,
  ...hostFindings,
];
