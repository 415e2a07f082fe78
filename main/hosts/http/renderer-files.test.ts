import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findRendererDir, readRendererFiles } from "./renderer-files.ts";

describe("the built page", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "lamplighter-page-"));
    await mkdir(join(root, "out", "renderer", "assets"), { recursive: true });
    await writeFile(join(root, "out", "renderer", "index.html"), "<!doctype html>");
    await writeFile(join(root, "out", "renderer", "assets", "index-abc.js"), "1");
  });
  afterEach(() => rm(root, { recursive: true }));
  const from = (path: string): string => pathToFileURL(join(root, path)).href;

  it("is found beside a bundle and from the sources", () => {
    const place = join(root, "out", "renderer");
    expect(findRendererDir(from("out/cli/lamplighter.js"))?.replace(/\/$/, "")).toBe(place);
    expect(findRendererDir(from("main/hosts/http/renderer-files.ts"))?.replace(/\/$/, "")).toBe(place);
  });

  it("is null where nothing was built", async () => {
    await rm(join(root, "out", "renderer", "index.html"));
    expect(findRendererDir(from("out/cli/lamplighter.js"))).toBeNull();
  });

  it("is a list of addresses with their types; the first page is at /", async () => {
    const files = await readRendererFiles(join(root, "out", "renderer"));
    expect([...files.keys()].sort()).toEqual(["/", "/assets/index-abc.js", "/index.html"]);
    expect(files.get("/")?.type).toBe("text/html; charset=utf-8");
    expect(files.get("/assets/index-abc.js")?.type).toBe("text/javascript; charset=utf-8");
  });

  it("leaves out links, source maps and anything without a known type", async () => {
    const dir = join(root, "out", "renderer");
    await writeFile(join(root, "secret.js"), "secret");
    await symlink(join(root, "secret.js"), join(dir, "linked.js"));
    await symlink(root, join(dir, "folder"));
    await writeFile(join(dir, "index.js.map"), "{}");
    await writeFile(join(dir, ".env"), "A=b");
    expect([...(await readRendererFiles(dir)).keys()].sort()).toEqual(["/", "/assets/index-abc.js", "/index.html"]);
  });
});
