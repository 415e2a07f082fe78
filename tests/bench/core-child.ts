// Runs the core alone on HTTP targets given as JSON in argv: { ports, everyMs }. Prints one JSON line per change of a lamp; `*` is the light of all.
import { createApp } from "../../main/app.ts";
import { realPorts } from "../../main/hosts/ports.ts";
import { httpStack } from "./http-stack.ts";

const { ports, everyMs } = JSON.parse(process.argv[2] ?? "{}") as { ports: number[]; everyMs: number };
const app = createApp({ ports: realPorts(), stacks: [httpStack(ports, everyMs)], mode: "watch" });
const lamps = new Map<string, string>();
app.on("snapshotChanged", (snapshot) => {
  for (const check of [{ id: "*", light: snapshot.light, at: snapshot.at }, ...(snapshot.stacks[0]?.checks ?? [])]) {
    if (check.at === undefined || lamps.get(check.id) === check.light) continue;
    lamps.set(check.id, check.light);
    process.stdout.write(`${JSON.stringify({ at: Date.now(), id: check.id, light: check.light, stack: snapshot.light })}\n`);
  }
});
await app.start();
await app.handlers.setAttention({ visible: true });
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
