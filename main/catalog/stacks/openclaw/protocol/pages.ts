import { at, flag, isRecord, items, number, text } from "../knowledge/loose.ts";
import type { ReadMethod } from "./reads.ts";

/** Calls whose answer comes page by page, at most 200 entries each, and the list in it. All other lists come whole. */
const lists: Readonly<Partial<Record<ReadMethod, string>>> = { "cron.list": "jobs" };

/** Pages of one answer that are read at most; the rest is said to be unread. */
export const mostPages = 5;

/** Where the next page begins; undefined after the last one, and where an answer makes no sense as a page. */
export function nextOffset(method: ReadMethod, page: unknown, offset: number): number | undefined {
  const list = lists[method];
  if (list === undefined || flag(at(page, "hasMore")) !== true) return undefined;
  const next = number(at(page, "nextOffset")) ?? offset + items(at(page, list)).length;
  return Number.isSafeInteger(next) && next > offset ? next : undefined;
}

/** Two pages as one answer. An entry that moved to the second page meanwhile counts once. */
export function joinPages(method: ReadMethod, first: unknown, second: unknown): unknown {
  const list = lists[method];
  if (list === undefined || !isRecord(first) || !isRecord(second)) return first;
  const known = items(first[list]);
  const ids = new Set(known.flatMap((one) => text(at(one, "id")) ?? []));
  const added = items(second[list]).filter((one) => !ids.has(text(at(one, "id")) ?? ""));
  const previews = { ...record(first["deliveryPreviews"]), ...record(second["deliveryPreviews"]) };
  return { ...first, ...second, [list]: [...known, ...added], deliveryPreviews: previews };
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
