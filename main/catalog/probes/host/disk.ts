import type { DiskFacts } from "../../../core/ports/machine.ts";
import { oneLine, showBytes } from "../summary.ts";
import type { HostThresholds, PartOpinion } from "./thresholds.ts";

/** Judges the fullest of the disks. A small disk counts as tight only below a twentieth of itself. */
export function judgeDisk(disks: readonly DiskFacts[], limits: HostThresholds): PartOpinion {
  const readable = disks.filter((disk) => Number.isFinite(disk.freeBytes) && Number.isFinite(disk.totalBytes));
  const fullest = [...readable].sort((a, b) => a.freeBytes - b.freeBytes)[0];
  if (fullest === undefined) return { light: "grey", words: "No disk could be read" };
  const inodes = disks.find((disk) => disk.freeInodesPercent !== undefined && disk.freeInodesPercent < 1);
  const where = oneLine(fullest.path, 40);
  const params = { path: fullest.path, free: showBytes(fullest.freeBytes) };
  const small = Math.min(limits.diskAmberBytes, fullest.totalBytes / 20);
  if (fullest.freeBytes < Math.min(limits.diskRedBytes, small)) {
    return { light: "red", words: `The disk of ${where} is full (${showBytes(fullest.freeBytes)} left)`, params };
  }
  if (inodes !== undefined) {
    return {
      light: "red",
      words: `The disk of ${oneLine(inodes.path, 40)} has no room for more files`,
      params: { path: inodes.path, free: "0" },
    };
  }
  return fullest.freeBytes < small
    ? { light: "amber", words: `The disk of ${where} is nearly full (${showBytes(fullest.freeBytes)} left)`, params }
    : { light: "green", words: `${showBytes(fullest.freeBytes)} of disk free` };
}
