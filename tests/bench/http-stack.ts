import { z } from "zod";
import { httpProbe } from "../../main/catalog/probes/http/index.ts";
import { check } from "../../main/core/model/check.ts";
import { defineStack, type Stack } from "../../main/core/model/stack.ts";

/** A stack of nothing but HTTP checks on this machine: the same work every peer is given. */
export const httpStack = (ports: readonly number[], everyMs: number, timeoutMs = 5_000): Stack =>
  defineStack({
    id: "bench",
    title: "Bench",
    mark: "Be",
    looksFor: [],
    settings: z.unknown(),
    findings: [],
    signatures: [],
    locate: async () => ({
      checks: ports.map((port) =>
        check({ id: `http-${port}`, title: `http-${port}`, everyMs, timeoutMs }, httpProbe, {
          url: `http://127.0.0.1:${port}/`,
          timeoutMs,
        }),
      ),
      remedies: [],
      diagnose: () => [],
    }),
  });
