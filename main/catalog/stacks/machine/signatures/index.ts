import type { Signature } from "../../../../core/model/signature.ts";
import { containers } from "../readers/containers.ts";
import { launchctlList } from "../readers/launchctl-list.ts";
import { launchctlPrint } from "../readers/launchctl-print.ts";
import { switchedOff } from "../readers/switched-off.ts";
import { systemdShow } from "../readers/systemd-show.ts";
import { containerTools } from "./containers.ts";
import { host } from "./host.ts";
import { launchctl } from "./launchctl.ts";
import { launchdLog } from "./launchd-log.ts";
import { network } from "./network.ts";
import { plist } from "./plist.ts";
import { secretStores } from "./secrets.ts";
import { systemd } from "./systemd.ts";

/** How the problems of the machine show in pasted text, whichever stack runs on it. */
export const signatures: readonly Signature[] = [
  ...launchctlPrint,
  ...launchctlList,
  ...switchedOff,
  ...systemdShow,
  ...containers,
  ...launchctl,
  ...launchdLog,
  ...plist,
  ...systemd,
  ...containerTools,
  ...secretStores,
  ...network,
  ...host,
];
