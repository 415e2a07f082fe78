import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include, environment: "node" as const, ...extra },
});

/** One project per kind of proof; `build/scripts/test.mjs` runs them and fails when one ran zero tests. */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    projects: [
      project("unit", ["main/**/*.test.ts", "preload/**/*.test.ts", "renderer/**/*.test.ts"]),
      project("dom", ["renderer/**/*.test.tsx"], { environment: "happy-dom" }),
      project("architecture", ["tests/architecture/**/*.test.ts"], { testTimeout: 120_000 }),
      project("contract", ["tests/contract/**/*.test.ts"]),
      project("integration", ["tests/integration/**/*.test.ts"], { testTimeout: 60_000 }),
      project("scenarios", ["tests/scenarios/**/*.test.ts"], { testTimeout: 60_000 }),
      project("e2e", ["tests/e2e/**/*.test.ts"], { testTimeout: 120_000, hookTimeout: 180_000 }),
      project("real", ["tests/real/**/*.test.ts"], { testTimeout: 300_000, hookTimeout: 600_000, fileParallelism: false }),
      project("mac", ["tests/mac/**/*.test.ts"], { testTimeout: 120_000 }),
    ],
  },
});
