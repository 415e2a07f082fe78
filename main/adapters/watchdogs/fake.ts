import type { World } from "../../core/model/world.ts";
import type { Watchdogs } from "../../core/ports/watchdogs.ts";
import { targetNames } from "./target-names.ts";

/** The watchdogs of an invented world that mean the target by what they show, as they are at the moment of each question. */
export function fakeWatchdogs(world: () => World): Watchdogs {
  return {
    find: async (target) => (world().watchdogs ?? []).filter(({ evidence }) => targetNames(target).any(evidence)),
  };
}
