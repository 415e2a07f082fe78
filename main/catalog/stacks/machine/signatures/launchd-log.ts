import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

const respawned = /\blaunching: inefficient\b/;
const appleOnly = /\bcom\.apple\.(?!xpc\.launchd\b)[\w.]{1,80}\)?:? Service only ran/;

/** Lines that launchd, the kernel and the loader write about jobs on macOS. */
export const launchdLog: readonly PatternSignature[] = [
  says(codes.crashLoop, 0.85, [/\bexited due to exit\((?!0\)|130\)|143\)|78\)|126\)|127\))\d{1,3}\)/], { all: [respawned] }),
  says(codes.crashLoop, 0.7, [/\bexited due to (?:exit\((?!0\)|130\)|143\)|78\)|126\)|127\))\d{1,3}\)|SIG(?:SEGV|ABRT|BUS|ILL|TRAP)\b)/]),
  says(
    codes.crashLoop,
    0.6,
    [
      /\bService only ran for \d{1,3} seconds?\. Pushing respawn out by \d/i,
      /\bservice spawn deferred by \d{1,4} seconds? due to throttle\b/i,
    ],
    {
      not: [appleOnly],
    },
  ),
  says(codes.crashLoop, 0.85, [/\bexcessive crashing = [1-9]/, /\bsuccessive crashes = (?:[3-9]|\d\d)/]),
  says(codes.crashLoop, 0.75, [
    /\bService exited with abnormal code: (?!(?:0|78|126|127|130|143)\b)\d{1,3}\b/i,
    /\bService exited due to signal: (?!Terminated|Killed: 9|Interrupt|Hangup)\w/i,
    /\bThrottling respawn: Will start in \d{1,4} seconds\b/i,
  ]),
  says(codes.cleanRespawn, 0.8, [/\bexited due to exit\(0\)/], { all: [respawned] }),

  says(codes.spawnFailed, 0.9, [
    /\bOS_REASON_(?:EXEC|DYLD)\b/,
    /\bCould not find and\/or execute program specified by service\b/i,
    /\bMissing executable detected\. Job:/i,
    /\bService could not initialize: .{0,200}\bposix_spawn\b/i,
    /\bexited due to exit\((?:78|126|127)\)/,
    /\bService exited with abnormal code: (?:78|126|127)\b/i,
    /^\s*job state = spawn failed\s*$/,
    /\blast exit code = (?:78|126|127)\b/,
    /\bxpcproxy\b.{0,200}\bposix_spawn\(.{0,200}: (?:No such file or directory|Permission denied|Exec format error|Bad executable)/i,
  ]),
  says(codes.spawnFailed, 0.7, [/^(?:.{0,80}\b)?dyld(?:\[\d+\])?: Library not loaded: /, /\b78: EX_CONFIG\b/]),

  says(codes.codeIdentity, 0.92, [
    /\bOS_REASON_CODESIGNING\b/,
    /\bLaunch Constraint Violation\b/i,
    /\bTermination Reason:\s+(?:Namespace )?CODESIGNING\b/i,
    /\bSIGKILL \(Code Signature Invalid\)/i,
    /\bnamespace:? (?:CODESIGNING\b|9, code:?)/i,
  ]),
  says(codes.codeIdentity, 0.7, [
    /\bAMFI: .{0,160}\b(?:code signature|not valid|denied|unsuitable)/i,
    /\bcode signature (?:validation failed|in .{1,160} not valid for use)/i,
  ]),

  says(codes.inTransition, 0.85, [/\bscheduling cleanup in \d{1,3} sec(?:onds)? after sending\b/i]),
  says(codes.inTransition, 0.8, [/\bentering bootstrap\b/], { all: [/\bbootout initiated by\b/] }),

  says(codes.memoryKilled, 0.9, [
    /\bJETSAM_REASON_(?!MEMORY_IDLE_EXIT\b)[A-Z_]{3,60}/,
    /\bOS_REASON_JETSAM\b/,
    /\blow swap: killing largest compressed process\b/i,
    /"reason" ?: ?"(?:per-process-limit|vm-pageshortage|vm-thrashing|highwater|disk-space-shortage)"/,
    /\bmemorystatus: (?:killing_(?:specific|top|highwater|any)_process|killing due to|killing process)\b/i,
  ]),
];
