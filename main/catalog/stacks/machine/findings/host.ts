import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** The ground under everything: memory, disk, clock. */
export const hostFindings: readonly FindingKind[] = [
  {
    code: codes.memoryKilled,
    symptoms: ["G19"],
    light: "red",
    layer: 0,
    title: "The system killed the process {label} for want of memory",
    detail:
      "Memory ran out, or a limit was reached, and the process was ended without a chance to say goodbye. Its own log often shows nothing.",
    explains: [codes.crashLoop, codes.containerUnhealthy, codes.gaveUp],
    remedies: ["show-memory", "start-unit"],
    runbook:
      "See who uses the memory: Activity Monitor on macOS, ps -eo pid,rss,comm --sort=-rss on Linux, docker stats for containers. Large language models on the same machine are the usual reason. Close or move the largest one, or raise the limit (MemoryMax= of the unit, the memory limit of the container, --max-old-space-size for node). Then start the killed program once. An idle exit that mentions jetsam is normal housekeeping and needs nothing.",
  },
  {
    code: codes.memoryPressure,
    symptoms: [],
    light: "amber",
    layer: 0,
    title: "This machine is short of memory: {available} left",
    detail: "Programs wait for memory, so answers come late, and time-outs can look like faults of their own. Nothing needs a restart yet.",
    remedies: ["show-memory"],
    runbook:
      "Look for the largest processes and close what you do not need; a local model or a browser with many tabs is the usual one. Wait for the pressure to go before you judge anything else on this machine: slow logins and lost connections are often only this. Do not restart the stacks for it, since starting needs even more memory.",
  },
  {
    code: codes.diskFull,
    symptoms: [],
    light: "amber",
    layer: 0,
    title: "The disk of {path} is nearly full: {free} left",
    detail: "When the disk is full, programs lose what they write: logs, sessions, and configuration that is then found cut off.",
    remedies: ["show-disk"],
    runbook:
      "Find what grew: df -h shows the disk, du -sh ~/* | sort -h the largest folders. Old logs, container images (docker system df) and model files are the usual ones. Remove what you know, and keep configuration and state folders of the stacks. Afterwards check that no configuration file was cut off while the disk was full.",
  },
  {
    code: codes.clockSetBack,
    symptoms: [],
    light: "amber",
    layer: 0,
    title: "The clock of this machine was set back by {by}",
    detail:
      "Signatures and tokens carry times. After a jump backwards they can look as if they came from the future, and are refused for a while.",
    runbook:
      "Check that the time is right now and set by the network: Settings, General, Date & Time on macOS; timedatectl on Linux. If it is, wait a few minutes: short-lived signatures run out by themselves. If the clock jumps again and again, look for a second program that sets it, as virtual machines do.",
  },
];
