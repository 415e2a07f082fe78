import { describe, expect, it } from "vitest";
import { joinPages, nextOffset } from "./pages.ts";

describe("an answer that comes page by page", () => {
  it("goes on where the gateway says, or behind what it sent", () => {
    expect(nextOffset("cron.list", { jobs: [{}, {}], hasMore: true, nextOffset: 2 }, 0)).toBe(2);
    expect(nextOffset("cron.list", { jobs: [{}, {}], hasMore: true }, 4)).toBe(6);
  });

  it("ends with the last page", () => {
    expect(nextOffset("cron.list", { jobs: [{}], hasMore: false, nextOffset: null }, 0)).toBeUndefined();
    expect(nextOffset("cron.list", { jobs: [{}] }, 0)).toBeUndefined();
    expect(nextOffset("node.list", { nodes: [{}], hasMore: true, nextOffset: 1 }, 0)).toBeUndefined();
  });

  it.each([0, -1, 3, 1.5])("never goes back or stands still, whatever the next offset (%s)", (next) => {
    expect(nextOffset("cron.list", { jobs: [], hasMore: true, nextOffset: next }, 3)).toBeUndefined();
  });

  it("becomes one list with its previews, each entry once, that says what its last page says", () => {
    const first = { jobs: [{ id: "a" }, { id: "b" }], hasMore: true, total: 3, deliveryPreviews: { a: 1 } };
    const second = { jobs: [{ id: "b" }, { id: "c" }], hasMore: false, total: 3, deliveryPreviews: { c: 2 } };
    expect(joinPages("cron.list", first, second)).toEqual({
      jobs: [{ id: "a" }, { id: "b" }, { id: "c" }],
      hasMore: false,
      total: 3,
      deliveryPreviews: { a: 1, c: 2 },
    });
  });

  it("stays as it was when what follows is no page", () => {
    const first = { jobs: [{ id: "a" }], hasMore: true };
    expect(joinPages("cron.list", first, null)).toBe(first);
    expect(joinPages("node.list", first, { jobs: [] })).toBe(first);
  });
});
