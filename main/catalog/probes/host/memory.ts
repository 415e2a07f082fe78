import type { HostFacts } from "../../../core/ports/machine.ts";
import { showBytes } from "../summary.ts";
import type { HostThresholds, PartOpinion } from "./thresholds.ts";

const percent = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.round((part / whole) * 100));

/** Full swap alone is not pressure (macOS and long-running hosts keep old pages there); little memory or waiting tasks are. */
export function judgeMemory({ memory }: HostFacts, limits: HostThresholds): PartOpinion {
  const { totalBytes, availableBytes, swapTotalBytes, swapUsedBytes, stallPercent = 0, pressureLevel = 1 } = memory;
  if (!(totalBytes > 0) || !Number.isFinite(availableBytes)) return { light: "grey", words: "Memory cannot be read" };
  const available = percent(availableBytes, totalBytes);
  const swapped = percent(swapUsedBytes, swapTotalBytes);
  const params = { available: showBytes(availableBytes), availablePercent: available, swapPercent: swapped, stallPercent };
  const shown = `${showBytes(availableBytes)} of ${showBytes(totalBytes)} memory available`;
  const short = available < limits.memoryAmberPercent;
  const critical = pressureLevel >= 4 || stallPercent >= limits.stallRedPercent || available < limits.memoryRedPercent;
  const tight = pressureLevel >= 2 || stallPercent >= limits.stallAmberPercent || short;
  if (!tight && !critical) return { light: "green", words: shown };
  const swapWords = swapTotalBytes > 0 && swapped >= limits.swapAmberPercent ? `, swap ${swapped} % full` : "";
  const stallWords = stallPercent >= limits.stallAmberPercent ? `, tasks wait for memory ${Math.round(stallPercent)} % of the time` : "";
  return { light: critical ? "red" : "amber", words: `Only ${shown}${swapWords}${stallWords}`, params };
}
