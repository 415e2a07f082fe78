import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

const unit = "[\\w@.:\\\\-]{1,160}\\.(?:service|socket|timer|mount|path|target|scope|slice)";
/** Looks only at the beginning of a word, so that a long word is not tried again from each of its letters. */
const unitSays = (words: string): RegExp => new RegExp(`(?<![\\w@.:\\\\-])${unit}: ${words}`, "i");
const isUp = /^\s*Active: (?:active|reloading)\b/;
/** A runtime that ends with 128+15 when it is told to stop looks failed, but was stopped. */
const stopped = /\bstatus=(?:143|130)(?:\/|\b)/;

/** What systemd, `systemctl` and `loginctl` say about units and about the bus to reach them. */
export const systemd: readonly PatternSignature[] = [
  says(codes.notLoaded, 0.9, [
    new RegExp(`\\bUnit ["“']?${unit}["”']? (?:could not be found|not found|not loaded|does not exist)\\b`, "i"),
    new RegExp(
      `\\bFailed to (?:start|stop|restart|enable|reload|kill|try-restart|get unit file state for|get properties of) ${unit}: (?:Unit ${unit} (?:not found|not loaded)|No such file or directory|Unit not found)`,
      "i",
    ),
    new RegExp(`\\bFailed to (?:enable|disable|start) unit: Unit (?:file )?${unit} does not exist\\b`, "i"),
    /^\s*Loaded: not-found \(Reason: /,
    /^\s*LoadState=not-found\s*$/,
  ]),

  says(codes.gaveUp, 0.95, [unitSays("Start request repeated too quickly"), /\bstart request repeated too quickly for [\w@.-]{1,160}/i]),
  says(codes.gaveUp, 0.95, [/\bstart-limit-hit\b/, /\bstart of the service was attempted too often\b/i]),
  says(codes.gaveUp, 0.9, [
    /\bFailed to connect to (?:user scope |system scope |session )?bus(?: via [a-z -]{3,40})?: /i,
    /\bFailed to get D-Bus connection: /i,
    /\bSystem has not been booted with systemd as init system\b/,
    /\bsd_bus_open_user: /,
    /\bProcess org\.freedesktop\.systemd1 exited with status\b/,
    /\$DBUS_SESSION_BUS_ADDRESS and \$XDG_RUNTIME_DIR not defined\b/,
    /\bFailed to (?:start|create) (?:user )?bus\b.{0,20}: /i,
    /\bsystemd user (?:services|session|instance|manager|bus) (?:is |are )?(?:not available|unavailable|not running|unreachable)\b/i,
  ]),
  says(codes.gaveUp, 0.85, [/^\s*Active: failed\b/], { not: [stopped, isUp] }),
  says(codes.gaveUp, 0.8, [new RegExp(`^\\s{0,8}[●×*]?\\s{0,4}${unit}\\s{1,40}loaded\\s{1,20}failed\\s{1,20}failed\\b`)]),
  says(
    codes.gaveUp,
    0.75,
    [
      unitSays("Failed with result '?(?:exit-code|signal|core-dump|timeout|watchdog|protocol|resources)"),
      unitSays("Unit entered failed state"),
    ],
    {
      not: [isUp, stopped],
    },
  ),
  says(codes.gaveUp, 0.7, [
    new RegExp(`\\bJob for ${unit} failed\\b`, "i"),
    /\bsystemd(?:\[\d+\])?: (?:Failed to start|Dependency failed for) \S/,
    new RegExp(`\\bUnit ${unit} entered failed state\\b`, "i"),
  ]),

  says(codes.crashLoop, 0.9, [/^\s*Active: activating \(auto-restart\) \(Result: (?!success|oom-kill)[\w-]{1,40}\)/], {
    not: [/\(code=exited, status=0\/SUCCESS\)\s*$/],
  }),
  says(codes.crashLoop, 0.8, [/^\s*Active: activating \(auto-restart\)/], { not: [/\(code=exited, status=0\/SUCCESS\)\s*$/] }),
  says(codes.crashLoop, 0.85, [unitSays("Scheduled restart job, restart counter is at (?:[2-9]|\\d{2,6})\\b")], {
    not: [isUp, /\bStart request repeated too quickly\b/],
    all: [/\bMain process exited, code=(?:exited|killed|dumped)\b|\bFailed with result\b/],
  }),
  says(codes.crashLoop, 0.65, [unitSays("Scheduled restart job, restart counter is at (?:[2-9]|\\d{2,6})\\b")], { not: [isUp] }),
  says(codes.crashLoop, 0.6, [unitSays("Main process exited, code=(?:dumped|exited, status=(?!0/|143|130|2\\d\\d/|78/|126|127|137))")], {
    not: [isUp],
  }),
  says(codes.cleanRespawn, 0.85, [/^\s*Active: activating \(auto-restart\)/], { all: [/\(code=exited, status=0\/SUCCESS\)\s*$/] }),
  says(codes.cleanRespawn, 0.75, [unitSays("Scheduled restart job, restart counter is at (?:[3-9]|\\d{2,6})\\b")], {
    all: [unitSays("(?:Deactivated successfully|Succeeded)\\.")],
    not: [/\bMain process exited\b/, /\bFailed with result\b/],
  }),

  says(codes.spawnFailed, 0.93, [
    /\bstatus=(?:2\d\d\/[A-Z][A-Z_]{2,20}|78\/CONFIG)\b/,
    unitSays("Failed to execute (?:command|\\/[^:]{1,200}): "),
    unitSays("Failed to set up (?:standard (?:output|input|error)|mount namespacing|user namespacing)"),
    /\bFailed at step (?:EXEC|CHDIR|STDOUT|USER|NAMESPACE) spawning\b/,
    /\bFailed to locate executable \//,
    /\bUnable to locate executable '?\//i,
    /\bChanging to the requested working directory failed: /,
  ]),
  says(codes.spawnFailed, 0.9, [/\bstatus=12[67]\/n\/a\b|\(code=exited, status=12[67]\)|\bcode=exited, status=12[67]\b/], { not: [isUp] }),

  says(codes.definitionRefused, 0.9, [
    /^\s*Loaded: (?:bad-setting|error) \(Reason: /,
    /\bhas a bad unit file setting\b/i,
    unitSays("Service (?:has no|lacks both) ExecStart="),
    unitSays("(?:Executable path is not absolute|Neither a valid executable name nor an absolute path)"),
    /\bFailed to parse (?:unit file|service type|service restart specifier)\b/i,
    /\bis not a valid unit name\b/i,
  ]),
  says(codes.disabled, 0.9, [new RegExp(`\\bUnit (?:file )?${unit} is masked\\b`, "i"), /^\s*Loaded: masked\b/]),

  says(codes.lingerOff, 0.93, [/^\s*Linger(?:=|: )no\s*$/i, /\bCould not (?:enable|disable) linger: /i]),
  says(codes.lingerOff, 0.8, [
    /\b(?:user )?linger(?:ing)?\b.{0,40}\b(?:is |was )?(?:off|disabled|not enabled|missing)\b/i,
    /\bFailed to (?:enable|set) linger(?:ing)?\b/i,
  ]),
];
