import { z } from "zod";

/** What one lamp can show. Grey means "we do not know", which is never the same as green. */
export const Light = z.enum(["green", "amber", "red", "grey"]);
export type Light = z.infer<typeof Light>;

const rank: Record<Light, number> = { green: 0, grey: 1, amber: 2, red: 3 };

/** Worst of the given lights; an empty list is grey, because nothing was looked at. */
export function worst(lights: readonly Light[]): Light {
  return lights.reduce<Light | undefined>((a, b) => (a === undefined || rank[b] > rank[a] ? b : a), undefined) ?? "grey";
}

/** Sorts worst first. */
export const byWorst = (a: Light, b: Light): number => rank[b] - rank[a];
