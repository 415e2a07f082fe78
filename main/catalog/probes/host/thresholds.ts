import { z } from "zod";
import type { Light } from "../../../core/model/light.ts";

/** Limits of the host probe; sizes in bytes, shares in percent, times in milliseconds. */
export const HostThresholds = z.object({
  /** Share of memory still available. */
  memoryAmberPercent: z.number().default(8),
  memoryRedPercent: z.number().default(3),
  /** Share of swap in use worth mentioning beside little memory. */
  swapAmberPercent: z.number().default(80),
  /** Share of time some task waited for memory (Linux). */
  stallAmberPercent: z.number().default(15),
  stallRedPercent: z.number().default(50),
  diskAmberBytes: z.number().default(2_147_483_648),
  diskRedBytes: z.number().default(268_435_456),
  /** A clock set back by more than this is told. */
  clockBackMs: z.number().default(5_000),
});
export type HostThresholds = z.infer<typeof HostThresholds>;

/** One part's opinion, before it becomes a verdict; `params` fill the words of a finding. */
export type PartOpinion = {
  readonly light: Light;
  readonly words: string;
  readonly params?: Readonly<Record<string, string | number>>;
};
