import type { ServiceReading } from "../ports/service-manager.ts";
import type { Facts } from "./stack.ts";

/**
 * Something a repair may start, stop or restart: one service unit with what tells whether it works. Restarts are budgeted per
 * target, and its boots are learned.
 */
export type RepairTarget = {
  /** Label of its service unit, and the key of its budget. */
  readonly label: string;
  readonly title: string;
  readonly ports: readonly number[];
  /** Programs or distinctive arguments by which another restarter of it is recognised. */
  readonly words: readonly string[];
  /** How long a boot may take until enough boots were seen, milliseconds. */
  readonly bootGraceMs: number;
  /** Newest reading of the service unit; undefined when there is none to trust. */
  unit(facts: Facts): ServiceReading | undefined;
  /** Whether it truly works now; undefined when that is not known. */
  works(facts: Facts): boolean | undefined;
  /** Ids of the checks that prove it works, the most convincing first. */
  readonly proofs: readonly string[];
};
