import { describe, expect, it } from "vitest";
import { field, jsonValues, textField } from "./json-text.ts";

describe("JSON in a pasted text", () => {
  it.each<[string, string, readonly unknown[]]>([
    ["one object", '{"a":1}', [{ a: 1 }]],
    ["a list", '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ["one object per line", '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ["an object behind a prompt", '$ docker inspect x\n[\n  {\n    "a": 1\n  }\n]\n', [{ a: 1 }]],
    ["lines of JSON among others", 'started\n{"a":1}\nnot json {\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ["log lines in brackets", "[gateway] listening\n[gateway] stopped", []],
    ["cut-off JSON", '{"a": {"b": 1', []],
    ["no JSON", "hello", []],
    ["nothing", "", []],
  ])("is found in %s", (_, text, values) => expect(jsonValues(text)).toEqual(values));

  it("is bounded in number and depth", () => {
    expect(jsonValues('{"a":1}\n'.repeat(5_000))).toHaveLength(200);
    expect(() => jsonValues("[".repeat(900_000))).not.toThrow();
  });
});

describe("a field of something unknown", () => {
  it.each<[unknown, unknown]>([
    [{ a: "x" }, "x"],
    [{}, undefined],
    [null, undefined],
    ["a", undefined],
    [[], undefined],
  ])("of %j is %j", (value, wanted) => expect(field(value, "a")).toBe(wanted));
  it("is not inherited", () => expect(field({}, "toString")).toBeUndefined());
  it("as text is empty when it is something else", () => {
    expect(textField({ a: 3 }, "a")).toBe("");
    expect(textField({ a: "3" }, "a")).toBe("3");
  });
});
