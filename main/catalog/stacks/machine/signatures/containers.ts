import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** What container tools say on the command line: Docker Desktop, Colima, OrbStack, Podman, containerd, Apple's `container`. */
export const containerTools: readonly PatternSignature[] = [
  says(codes.runtimeDown, 0.95, [
    /\bCannot connect to the Docker daemon(?: at \S{3,300})?\.? ?Is the docker daemon running\b/i,
    /\bCannot connect to the Docker daemon at \S{3,300}/i,
    /\bfailed to connect to the docker API at \S{3,300}/i,
    /\bunable to resolve docker endpoint: /i,
    /\bcontext ["“'][^"”']{1,120}["”']: context not found\b/i,
    /\bcontext ["“'][^"”']{1,120}["”'] does not exist\b/i,
    /\bdial unix \S{0,200}(?:docker|containerd|podman|colima|orbstack)\S{0,120}: connect: (?:no such file or directory|connection refused)/i,
    /\b(?:Cannot|unable to) connect to (?:the )?Podman\b/i,
    /\bcannot access containerd socket\b/i,
    /^(?:Error: )?apiserver is not running\b/i,
    /\bEnsure container system service has been started\b/i,
    /\bmsg="?(?:colima|error .{0,60}colima) is not running/i,
    /\b(?:colima|orbstack|podman machine|rancher desktop|docker desktop) (?:is |vm is )?(?:not running|stopped)\b/i,
    /\berror during connect: .{0,300}\bdocker\b/i,
    /\bdocker desktop is unable to start\b/i,
  ]),
  says(codes.runtimeDown, 0.85, [/\bXPC connection error: Connection (?:invalid|interrupted)/i]),
  says(codes.runtimeDown, 0.6, [
    /^(?:\S{0,40}: )?(?:line \d{1,5}: )?(?:docker|podman|colima|nerdctl): command not found\s*$/i,
    /\bcommand not found: (?:docker|podman|colima|nerdctl)\s*$/i,
  ]),
  says(codes.runtimeDown, 0.75, [/\bpermission denied while trying to connect to the (?:Docker daemon socket|docker API)\b/i]),

  says(codes.containerUnhealthy, 0.95, [/\bRestarting \(\d{1,3}\) (?:Less than a|About an?|\d{1,4}) (?:second|minute|hour)/i]),
  says(codes.containerUnhealthy, 0.93, [
    /\bUp (?:Less than a|About an?|\d{1,4}) (?:second|minute|hour|day|week|month)s? \(unhealthy\)/i,
    /\bError response from daemon: .{0,160}\bNo such container\b/i,
    /^(?:Error: |docker: |Error response from daemon: )?No such container: \S/i,
    /^(?:\[\]\s*)?(?:Error: |error: )?No such object: \S/i,
    /\bcontainer \S{1,160} is (?:not running|restarting|unhealthy|paused|dead)\b/i,
    /^service "[^"]{1,120}" is not running\b/i,
    /\bdependency failed to start: container \S{1,160}/i,
    /\bno container with (?:name or )?ID\b.{0,160}\bfound\b/i,
    /\bcontainer with ID \S{1,160} not found\b/i,
  ]),
  says(codes.containerUnhealthy, 0.7, [
    /\bExited \((?!0\)|130\)|137\)|143\))\d{1,3}\) (?:Less than a|About an?|\d{1,4}) (?:second|minute|hour|day|week|month)/i,
  ]),
  says(codes.containerUnhealthy, 0.6, [/^\s*(?:State=|"State": ?")restarting\b/i]),

  says(codes.memoryKilled, 0.9, [/\bOOMKilled["']?\s?[:=]\s?["']?true\b/, /\bReason:\s{1,20}OOMKilled\b/]),
  says(
    codes.memoryKilled,
    0.7,
    [
      /\bExited \(137\) (?:Less than a|About an?|\d{1,4}) (?:second|minute|hour|day|week|month)/i,
      /\b(?:exited with code|exit(?:ed)?(?: code| status)?[:=]?) ?137\)?\.?\s*$/i,
    ],
    {
      not: [/\b(?:Stopping|Gracefully stopping|Stopped|Killing)\b/],
    },
  ),
];
