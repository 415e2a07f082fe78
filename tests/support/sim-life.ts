import type { OurRestart } from "../../main/core/engine/since-restart.ts";
import { newLife, observeUnit, type UnitLife, type UnitSeen } from "../../main/core/engine/unit-life.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** Epoch milliseconds at which told lives begin. */
export const epoch = 1_800_000_000_000;

export const loaded = (state: Loaded["state"], more: Partial<Loaded> = {}): ServiceReading => ({
  kind: "loaded",
  state,
  rawState: state,
  ...more,
});

/** A run of the process `pid`. */
export const up = (pid: number, more: Partial<Loaded> = {}): ServiceReading => loaded("running", { pid, ...more });

/** Looks, each a pause after the one before: seconds that pass, what is read, whether it works. `clock` sets the clock by that many seconds. */
export type Look = {
  readonly after: number;
  readonly reading?: ServiceReading;
  readonly works?: boolean;
  readonly clock?: number;
  readonly first?: boolean;
  readonly stale?: number;
  readonly ours?: readonly OurRestart[];
};

/** What is known after a series of looks. */
export function lifeOf(looks: readonly Look[], from: UnitLife = newLife): UnitLife {
  let at = from.seenAt ?? epoch;
  return looks.reduce((life, { after, reading, works, clock = 0, first, stale, ours = [] }) => {
    at += (after + clock) * 1_000;
    const isFirst = first === true || life.seenAt === undefined;
    const seen: UnitSeen = {
      at,
      sinceLastMs: isFirst ? undefined : after * 1_000,
      reading,
      works,
      ...(stale === undefined ? {} : { worksAt: at - stale * 1_000 }),
    };
    return observeUnit(life, seen, ours);
  }, from);
}

/** The same look `times` times. */
export const each = (times: number, look: Look): readonly Look[] => Array.from({ length: times }, () => look);
