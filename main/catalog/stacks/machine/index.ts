import { z } from "zod";
import { defineStack } from "../../../core/model/stack.ts";
import { findings } from "./findings/index.ts";
import { signatures } from "./signatures/index.ts";

/** The machine under every stack. */
export const machine = defineStack({
  id: "machine",
  title: "This machine",
  mark: "Mc",
  ground: true,
  looksFor: ["Memory, disk and clock of this machine"],
  settings: z.object({}),
  findings,
  signatures,
  locate: async () => ({ checks: [], remedies: [], diagnose: () => [] }),
});
