import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Entry } from "../../main/core/contract/define.ts";
import { contract } from "../../main/core/contract/index.ts";

const suspicious = /token|secret|password|passphrase|credential|apikey|api_key|privatekey|cookie/i;

/** Every property name that may occur anywhere in a value of the schema. */
function fieldNames(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === "properties" ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(fieldNames)] : fieldNames(value),
  );
}

/** Objects in a schema that let fields through which nobody declared. */
function openObjects(schema: unknown): number {
  if (typeof schema !== "object" || schema === null) return 0;
  const own = "additionalProperties" in schema && isAnything(schema.additionalProperties) ? 1 : 0;
  return Object.values(schema).reduce((sum: number, value) => sum + openObjects(value), own);
}

const isAnything = (value: unknown): boolean =>
  value === true || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

const asJson = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: "any", io: "output" });
const outgoing = (entry: Entry): unknown => asJson(entry.kind === "event" ? entry.payload : entry.output);

const entries = Object.entries<Entry>(contract);

it("has calls and events to look at", () => {
  expect(entries.filter(([, entry]) => entry.kind !== "event").length).toBeGreaterThan(5);
  expect(entries.filter(([, entry]) => entry.kind === "event").length).toBeGreaterThan(0);
});

describe("what leaves the core", () => {
  it("would be caught when it held a secret, however deep", () => {
    const leaking = asJson(z.object({ stacks: z.array(z.object({ nested: z.union([z.null(), z.object({ accessToken: z.string() })]) })) }));
    expect(fieldNames(leaking).filter((name) => suspicious.test(name))).toEqual(["accessToken"]);
    expect(openObjects(asJson(z.object({ rest: z.looseObject({}) })))).toBe(1);
  });

  it.each(entries)("%s returns no field that could hold a secret", (_, entry) => {
    expect(fieldNames(outgoing(entry)).filter((name) => suspicious.test(name))).toEqual([]);
  });

  it.each(entries)("%s lets no undeclared field through", (_, entry) => {
    expect(openObjects(outgoing(entry))).toBe(0);
  });
});

describe("what comes in", () => {
  it.each(entries)("%s refuses fields it does not know", (_, entry) => {
    if (entry.kind === "event") return expect(entry).not.toHaveProperty("input");
    expect(entry.input.safeParse({ "a field nobody declared": 1 }).success).toBe(false);
  });

  it.each(entries)("%s says how risky it is when it may act", (_, entry) => {
    expect(entry.kind === "command").toBe("risk" in entry);
  });
});
