import { createApp } from "../../main/app.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { realPorts } from "../../main/hosts/ports.ts";
import { installOpenClaw, nodeBinary } from "../support/openclaw-install.ts";
import type { RealGateway } from "../support/real-gateway.ts";
import { type Cost, costOfRun, median } from "./measure.ts";
import type { Part } from "./report.ts";

/** What a person types today, in the order of the stack's own troubleshooting page. */
const ladder: readonly (readonly string[])[] = [
  ["status", "--json"],
  ["gateway", "status", "--json", "--require-rpc"],
  ["gateway", "probe", "--json"],
  ["channels", "status", "--probe", "--json"],
  ["models", "status", "--json"],
];

const rounds = 20;

/** The whole ladder of the stack's own program, one command after the other. */
async function climb(gateway: RealGateway): Promise<Cost> {
  const entry = await installOpenClaw();
  let total = { wallS: 0, cpuS: 0 };
  for (const args of ladder) {
    const { wallS, cpuS } = await costOfRun(nodeBinary, [entry, ...args], gateway.env);
    total = { wallS: total.wallS + wallS, cpuS: total.cpuS + cpuS };
  }
  return total;
}

/** Our full verdict on the same gateway: every check asked again, warm, in a running app. */
async function verdicts(gateway: RealGateway): Promise<Cost & { readonly light: string; readonly worstS: number }> {
  Object.assign(process.env, gateway.env);
  const app = createApp({ ports: realPorts(), stacks, mode: "watch", only: "openclaw" });
  await app.start({ settleMs: 5_000 });
  for (let i = 0; i < 3; i++) await app.handlers.probeNow({ stack: "openclaw" });
  const walls: number[] = [];
  const before = process.cpuUsage();
  let light = "grey";
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    light = (await app.handlers.probeNow({ stack: "openclaw" })).light;
    walls.push((performance.now() - started) / 1000);
  }
  const used = process.cpuUsage(before);
  await app.stop();
  return { wallS: median(walls), worstS: Math.max(...walls), cpuS: (used.user + used.system) / 1e6 / rounds, light };
}

/** The stack's own command ladder against our full verdict, on one running gateway. */
export async function benchLadder(gateway: RealGateway): Promise<Part> {
  const ours = await verdicts(gateway);
  const theirs = await climb(gateway);
  return {
    title: "Full OpenClaw verdict against its own command ladder",
    note: `same gateway, same run; ${rounds} warm verdicts, light ${ours.light}; the ladder is ${ladder.length} commands`,
    figures: [
      { name: "command ladder, wall", value: theirs.wallS, unit: "s" },
      { name: "command ladder, CPU", value: theirs.cpuS, unit: "s" },
      { name: "our verdict, wall (median)", value: ours.wallS * 1000, unit: "ms", atMost: 150 },
      { name: "our verdict, wall (worst)", value: ours.worstS * 1000, unit: "ms" },
      { name: "our verdict, CPU", value: ours.cpuS * 1000, unit: "ms" },
      { name: "wall, theirs / ours", value: theirs.wallS / ours.wallS, unit: "x", atLeast: 100 },
      { name: "CPU, theirs / ours", value: theirs.cpuS / ours.cpuS, unit: "x", atLeast: 100 },
    ],
  };
}
