import type { World } from "../../../../core/model/world.ts";
import { isoFrom } from "./iso.ts";
import { mac } from "./mac-unit.ts";

type Commands = World["commands"];

/** Programs of the machine itself that plans run to keep what would be gone afterwards. */
export const machineCommands: Commands = [
  {
    argv: ["/usr/bin/tail"],
    says: ({ files }) => ({
      stdout: (files[mac.log]?.text ?? "").split("\n").slice(-101).join("\n"),
    }),
  },
  {
    argv: ["/bin/ps"],
    says: ({ processes }) => ({
      stdout: processes
        .map(({ name, pid, startedMs, state }) => `${pid} ${state === "stopped" ? "T" : "S"} ${isoFrom(startedMs ?? 0)} ${name}\n`)
        .join(""),
    }),
  },
];
