import { describe, expect, it } from "vitest";
import { z } from "zod";
import { salvaged } from "./salvaged.ts";

describe("a salvaged list", () => {
  const numbers = salvaged(z.number(), 3);
  it("keeps what still reads", () => expect(numbers.parse([1, "two", null, 3])).toEqual([3]));
  it("keeps the newest ones", () => expect(numbers.parse([1, 2, 3, 4])).toEqual([2, 3, 4]));
  it.each([undefined, null, "list", 7, { 0: 1 }])("takes %j as an empty list", (kept) => expect(numbers.parse(kept)).toEqual([]));
});
