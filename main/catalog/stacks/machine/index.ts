import { defineStack } from "../../../core/model/stack.ts";
import { checksFor } from "./checks.ts";
import { findings } from "./findings/index.ts";
import { remediesFor } from "./remedies/index.ts";
import { MachineSettings } from "./settings.ts";
import { signatures } from "./signatures/index.ts";

/** The machine under every stack: always there, watched, but not counted as an installed stack. */
export const machine = defineStack({
  id: "machine",
  title: "This machine",
  mark: "Mc",
  ground: true,
  looksFor: ["Memory, disk and clock of this machine"],
  settings: MachineSettings,
  findings,
  signatures,
  locate: async (settings, { ports }) => {
    const { platform, uid, user, home } = ports.environment;
    return {
      checks: checksFor(settings, ports.environment),
      remedies: remediesFor({ platform, uid, user, home }),
      diagnose: () => [],
    };
  },
});
