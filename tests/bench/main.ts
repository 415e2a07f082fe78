// `npm run bench [-- --quick] [--json] [part …]`: ladder, start, idle, hang. Exits with 1 when a budget is broken.
import { parseArgs } from "node:util";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway } from "../support/real-gateway.ts";
import { benchHang } from "./hang.ts";
import { benchIdle } from "./idle.ts";
import { benchLadder } from "./ladder.ts";
import { asText, broken, type Part } from "./report.ts";
import { benchStart } from "./start.ts";

const { values, positionals } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "boolean" } }, allowPositionals: true });
const quick = values.quick === true;
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const parts: Part[] = [];
const tell = (part: Part): void => {
  parts.push(part);
  if (values.json !== true) process.stdout.write(`${asText(part)}\n`);
};

async function onGateway(run: (gateway: RealGateway) => Promise<void>): Promise<void> {
  say("Starting a real OpenClaw gateway in a throw-away home (the first time it is installed, about a minute)…");
  const gateway = await startGateway(await makeGatewayHome());
  try {
    await gateway.ready();
    await run(gateway);
  } finally {
    await gateway.stop();
    await cleanGateways();
  }
}

if (process.platform !== "linux") {
  say("The bench reads /proc and so runs on Linux only.");
  process.exit(3);
}
if (wanted("ladder") || wanted("start")) {
  await onGateway(async (gateway) => {
    if (wanted("start")) tell(await benchStart(gateway));
    if (wanted("ladder")) tell(await benchLadder(gateway));
  });
}
if (wanted("idle")) tell(await benchIdle(quick ? 30 : 150));
if (wanted("hang")) tell(await benchHang(quick ? 4 : 12));

const over = broken(parts);
if (values.json === true) process.stdout.write(`${JSON.stringify({ parts, broken: over.map((f) => f.name) }, null, 2)}\n`);
else process.stdout.write(over.length === 0 ? "Every budget holds.\n" : `Outside the budget: ${over.map((f) => f.name).join(", ")}\n`);
process.exit(over.length === 0 ? 0 : 1);
