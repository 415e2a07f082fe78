import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** What only Linux has: a manager that gives up, and one that ends with the last logout. */
export const systemdFindings: readonly FindingKind[] = [
  {
    code: codes.gaveUp,
    symptoms: ["G17"],
    light: "red",
    layer: 1,
    title: "systemd gave up on the unit {label}, or cannot be asked",
    detail:
      "Either the unit failed so often that systemd no longer restarts it, or there is no user bus to ask. No bus does not mean that the unit is down.",
    remedies: ["reset-failed", "show-last-lines"],
    runbook:
      "If the message is about the bus, you are in a shell without a user session: log in as that account itself (not with su or sudo), or set XDG_RUNTIME_DIR=/run/user/$(id -u), and ask again. If the unit failed, read why with journalctl --user -u UNIT -n 50 and repair that first. Then systemctl --user reset-failed UNIT clears the count, and systemctl --user start UNIT starts it once.",
  },
  {
    code: codes.lingerOff,
    symptoms: ["G18"],
    light: "amber",
    layer: 0,
    title: "Service units of this account end with its last logout",
    detail:
      "Lingering is off, or could not be switched on. When the last session of this account closes, its service manager stops and everything under it.",
    remedies: ["enable-linger"],
    runbook:
      "Switch lingering on for the account by name: loginctl enable-linger USER, then check with loginctl show-user USER -p Linger. If that is refused for want of authentication or of polkit, an administrator has to run it once. A read-only file system or a container without logind cannot keep the setting; run the stack under the machine-wide manager there.",
  },
];
