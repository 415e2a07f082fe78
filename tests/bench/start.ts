import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeBinary } from "../support/openclaw-install.ts";
import type { RealGateway } from "../support/real-gateway.ts";
import { costOfRun, median } from "./measure.ts";
import type { Part } from "./report.ts";

const bundle = fileURLToPath(new URL("../../out/cli/lamplighter.js", import.meta.url));
const rounds = 7;

/** A cold start of the built command line: process start to a complete, honest light on the running gateway. */
export async function benchStart(gateway: RealGateway): Promise<Part> {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-bench-"));
  const env = { ...gateway.env, LAMPLIGHTER_HOME: home };
  const runs = [];
  for (let i = 0; i < rounds + 1; i++)
    runs.push(await costOfRun(nodeBinary, [...process.execArgv, bundle, "status", "--json", "--once"], env));
  const empty = [];
  for (let i = 0; i < rounds; i++) empty.push(await costOfRun(nodeBinary, ["-e", "0"], env));
  rmSync(home, { recursive: true, force: true });
  const counted = runs.slice(1);
  const light = (JSON.parse(counted[0]?.stdout || "{}") as { light?: string }).light ?? "none";
  return {
    title: "Start to first honest light, headless (built command line, cold process)",
    note: `${rounds} runs after one warm-up; light ${light}, exit code ${counted[0]?.exitCode}`,
    figures: [
      { name: "wall, median", value: median(counted.map((r) => r.wallS)), unit: "s", atMost: 1 },
      { name: "wall, worst", value: Math.max(...counted.map((r) => r.wallS)), unit: "s" },
      { name: "CPU, median", value: median(counted.map((r) => r.cpuS)), unit: "s" },
      { name: "an empty Node process, wall", value: median(empty.map((r) => r.wallS)), unit: "s" },
    ],
  };
}
