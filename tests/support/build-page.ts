import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const bundles = new URL("../../build/scripts/bundles.mjs", import.meta.url).href;

/**
 * Builds the page exactly as the product does, into a folder of its own, so that tests never look at an old build or at one
 * that somebody is just writing.
 */
export async function buildPage(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "lamplighter-page-"));
  const script = `
    import { createRequire } from "node:module";
    const { bundles } = await import(${JSON.stringify(bundles)});
    const { build } = await import(createRequire(${JSON.stringify(bundles)}).resolve("vite"));
    const renderer = bundles.renderer;
    await build({ ...renderer, build: { ...renderer.build, outDir: ${JSON.stringify(folder)} } });`;
  await run(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    timeout: 120_000,
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
