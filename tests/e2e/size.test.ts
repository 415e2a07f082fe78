import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../support/build-page.ts";

const BUDGET = 60 * 1024;

let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  const { folder, remove } = await buildPage();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => [entry.name, await readFile(join(entry.parentPath, entry.name))] as const);
  files = new Map(await Promise.all(read));
  await remove();
});

describe("the built page", () => {
  it("weighs at most 60 KB, all files gzipped together", () => {
    const weight = [...files.values()].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
    expect(files.size).toBeGreaterThanOrEqual(3);
    expect(weight).toBeGreaterThan(8 * 1024);
    expect(weight).toBeLessThanOrEqual(BUDGET);
  });

  it("carries no schema library: the core validates, the page draws", () => {
    for (const bytes of files.values()) expect(bytes.toString("utf8")).not.toMatch(/ZodError|safeParse/);
  });

  it("has nothing inline, so that its policy needs no exception", () => {
    const html = files.get("index.html")?.toString("utf8") ?? "";
    expect(html).toContain("script-src 'self'; style-src 'self'");
    expect(html).not.toMatch(/unsafe|<style|style=|\son\w+=/);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  it("names no outside address to load from", () => {
    for (const [name, bytes] of files) {
      const addresses = bytes.toString("utf8").match(/(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/g) ?? [];
      expect([name, addresses.filter((address) => !address.endsWith("www.w3.org"))]).toEqual([name, []]);
    }
  });

  it("loads its parts from beside itself, so that it runs at any address", () => {
    const html = files.get("index.html")?.toString("utf8") ?? "";
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map((match) => match[1] ?? "")
      .filter((address) => !address.startsWith("data:"));
    expect(loaded.length).toBeGreaterThanOrEqual(2);
    for (const address of loaded) expect(address).toMatch(/^\.\//);
  });
});
