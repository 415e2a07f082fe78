import { describe, expect, it } from "vitest";
import type { Files } from "../../../../core/ports/files.ts";
import { withIncludes } from "./includes.ts";

const facts = { kind: "file", sizeBytes: 1, modifiedMs: 0, mode: 0o600, uid: 0, inode: "1" } as const;

/** Files by their path, and how often one was read. */
function shelf(texts: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const files: Pick<Files, "read"> = {
    read: async (path) => {
      asked.push(path);
      const text = texts[path];
      return text === undefined ? { kind: "missing" } : { kind: "text", text, facts };
    },
  };
  return { asked, whole: (config: unknown) => withIncludes(config, "/s", files) };
}

describe("included files", () => {
  it("are put in place, and what stands beside them wins", async () => {
    const { whole } = shelf({ "/s/base.json": '{"gateway":{"mode":"local","port":1},"a":1}' });
    expect(await whole({ $include: "base.json", gateway: { port: 2 } })).toEqual({ gateway: { mode: "local", port: 2 }, a: 1 });
  });

  it("may stand deep inside, in a list, and include others from their own folder", async () => {
    const { whole } = shelf({ "/s/x/one.json": '{$include:"two.json", a: 1}', "/s/x/two.json": '{"b":2}', "/s/three.json": '{"c":3}' });
    expect(await whole({ gateway: { auth: { $include: ["x/one.json", "three.json"] } } })).toEqual({
      gateway: { auth: { a: 1, b: 2, c: 3 } },
    });
  });

  it("add nothing when they cannot be read or make no sense", async () => {
    const { whole } = shelf({ "/s/broken.json": "{" });
    expect(await whole({ $include: ["broken.json", "missing.json", 5], a: 1 })).toEqual({ a: 1 });
  });

  it.each([
    ["once", '{"$include":"self.json","a":1}'],
    ["a thousand times", JSON.stringify({ $include: Array(1_000).fill("self.json"), a: 1 })],
    ["in many places", JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, { $include: "self.json" }])))],
  ])("that include themselves %s end soon", async (_, text) => {
    const { asked, whole } = shelf({ "/s/self.json": text });
    expect(await whole(JSON.parse(text))).toBeTypeOf("object");
    expect(asked.length).toBeLessThanOrEqual(64);
  });

  it("are left out once they are too much together", async () => {
    const { asked, whole } = shelf({ "/s/big.json": JSON.stringify({ big: "x".repeat(500_000) }) });
    await whole({ $include: Array(50).fill("big.json") });
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it("cannot change what every object inherits", async () => {
    const { whole } = shelf({ "/s/bad.json": '{"__proto__":{"polluted":1},"constructor":{"x":1}}' });
    const value = await whole({ $include: "bad.json", a: 1 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(value).toMatchObject({ a: 1, constructor: { x: 1 } });
  });
});
