import { endOf, openRelay } from "./killable-relay.ts";

/** Repairs the relay in `dir` and kills itself without any warning at the given point, counted from 1; says how many there are. */
const [dir = "", base = "0", at = "0"] = process.argv.slice(2);
let points = 0;
const app = openRelay(dir, Number(base), (where) => {
  points += 1;
  if (points !== Number(at)) return;
  process.stdout.write(`${where}\n`);
  process.kill(process.pid, "SIGKILL");
});
await app.start();
const { id } = await app.handlers.startRepair({ stack: "relay", code: "relay.part.broken", remedy: "mend", confirmed: "once" });
await endOf(app, id);
await app.stop();
process.stdout.write(`${points}\n`);
