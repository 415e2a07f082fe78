// The bundles, each a plain Vite build. Paths are relative to the repository.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { calmFlags, root } from "./ensure.mjs";

const shared = { configFile: false, envDir: false, logLevel: "warn", publicDir: false };

/** The page. Nothing inline, so that `script-src 'self'; style-src 'self'` holds; file names carry a hash of their content. */
const renderer = {
  ...shared,
  root: join(root, "renderer"),
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: join(root, "out", "renderer"),
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
};

/** Not bundled: the runtime itself, and what brings binaries. */
const outside = ["electron", "keytar"];

/**
 * A program for Node or Electron with its packages inside: loading them one by one from node_modules costs a third more memory
 * and four times the time. One file, unless parts of it are to be loaded only when needed; the parts then lie beside it, so that
 * paths relative to a file stay true.
 */
const program = (entry, folder, file, options = {}) => ({
  ...shared,
  root,
  ssr: { target: "node", noExternal: true, external: outside },
  build: {
    ssr: join(root, entry),
    outDir: join(root, "out", folder),
    emptyOutDir: true,
    target: "node24",
    minify: false,
    rolldownOptions: {
      external: outside,
      output: {
        entryFileNames: file,
        chunkFileNames: "[name]-[hash].js",
        format: options.format ?? "es",
        codeSplitting: options.inParts ?? false,
      },
    },
  },
});

/** A sandboxed preload can load nothing but `electron`, and only as CommonJS: everything else must be in this one file. */
const preload = program("preload/index.ts", "preload", "index.cjs", { format: "cjs" });
const electron = program("main/hosts/electron/main.ts", "electron", "main.js");
const cli = program("main/hosts/cli/main.ts", "cli", "lamplighter.js", { inParts: true });

/** The core alone, for `npm run bench`. */
const bench = program("tests/bench/core-child.ts", "bench", "core.js", { inParts: true });

export const bundles = { renderer, preload, electron, cli, bench };

/** Builds one bundle by its name in `bundles`. */
export async function buildBundle(name) {
  await build(bundles[name]);
  if (name === "cli") makeExecutable(join(root, "out", "cli", "lamplighter.js"));
}

function makeExecutable(path) {
  const text = readFileSync(path, "utf8");
  if (!text.startsWith("#!")) writeFileSync(path, `#!/usr/bin/env -S node ${calmFlags.join(" ")}\n${text}`);
  chmodSync(path, 0o755);
}
