import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** Deaths for want of memory, and programs whose interpreter is gone. */
export const host: readonly PatternSignature[] = [
  says(codes.memoryKilled, 0.93, [
    /\bOut of memory: Kill(?:ed)? process \d/i,
    /\bMemory cgroup out of memory: /i,
    /\boom-kill:constraint=/,
    /\boom_reaper: reaped process \d/,
    /\binvoked oom-killer: /,
    /\bhas been killed by the OOM killer\b/i,
    /\bFailed with result '?oom-kill\b/i,
    /\(Result: oom-kill\)/,
    /^\s*Result=oom-kill\s*$/,
    /\bsystemd-oomd\b.{0,40}\bkilled\b/i,
    /\bKilled \S{1,255} due to memory (?:used|pressure)\b/i,
  ]),
  says(codes.memoryKilled, 0.8, [/\bJavaScript heap out of memory\b/i, /\bIneffective mark-compacts near heap limit\b/i]),
  says(codes.memoryKilled, 0.55, [/\bcode=killed, (?:status|signal)=9\/KILL\b|\bcode=exited, status=137\b/], {
    not: [/\bstop-sigterm\b.{0,40}timed out/i, /^\s*Active: active\b/],
  }),
  says(codes.spawnFailed, 0.7, [
    /(?:^|: )(?:\/usr\/bin\/)?env: ["‘'`]?[\w.+-]{1,60}["’'`]?: No such file or directory/i,
    /\bbad interpreter: (?:\S{1,200}: )?no such file or directory\b/i,
  ]),
];
