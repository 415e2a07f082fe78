import type { Raised } from "../../../../core/model/finding.ts";
import type { Facts } from "../../../../core/model/stack.ts";
import type { GatewayChecks } from "../checks/index.ts";
import type { Place } from "../place/place.ts";
import { judgeLately } from "./from-log.ts";
import { judgeLayers } from "./layers.ts";
import { judgePresence } from "./presence.ts";
import { judgeReleases, judgeSettings } from "./settings.ts";
import { readSituation, type Situation } from "./situation.ts";
import { judgeRestarts } from "./storm.ts";
import { judgeStrain } from "./strain.ts";

/** Everything that follows from several facts at once. Pure. */
export const judgeSituation = (now: Situation): readonly Raised[] => [
  ...judgePresence(now),
  ...judgeSettings(now),
  ...judgeReleases(now),
  ...judgeStrain(now),
  ...judgeRestarts(now),
  ...judgeLately(now),
  ...judgeLayers(now),
];

/** The diagnosis of one located gateway. */
export const diagnoseWith =
  (checks: GatewayChecks, place: Place, bootGraceMs: number) =>
  (facts: Facts): readonly Raised[] =>
    judgeSituation(readSituation(checks, facts, place, bootGraceMs));
