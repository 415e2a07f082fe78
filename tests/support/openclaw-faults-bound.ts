import { bindChecks, type GatewayChecks } from "../../main/catalog/stacks/openclaw/checks/index.ts";
import { findPlace } from "../../main/catalog/stacks/openclaw/place/place.ts";
import { linkTo } from "../../main/catalog/stacks/openclaw/protocol/link.ts";
import { OpenClawSettings } from "../../main/catalog/stacks/openclaw/settings.ts";
import type { Check } from "../../main/core/model/check.ts";
import type { Verdict } from "../../main/core/model/observation.ts";
import { startMs, worldWith } from "./openclaw-faults-look.ts";
import type { Draft, Platform } from "./openclaw-faults-world.ts";
import { outside, running } from "./openclaw-outside.ts";

/** What one check says about a gateway to which something was done. */
export async function verdictOn(
  apply: (draft: Draft) => void,
  pick: (checks: GatewayChecks) => unknown,
  { platform = "macos", settings = {} }: { readonly platform?: Platform; readonly settings?: Readonly<Record<string, unknown>> } = {},
): Promise<Verdict> {
  const there = outside(worldWith([{ apply }], platform, startMs));
  const parsed = OpenClawSettings.parse(settings);
  const place = await findPlace(parsed, there.context);
  if (place === null) throw new Error("OpenClaw was not found");
  const checks = bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, parsed);
  const check = pick(checks) as Check | undefined;
  if (check === undefined) throw new Error("There is no such check here");
  return check.judge(await running(there, check.observe(there.context)), []);
}

/** Its light, and the first line of evidence of each finding. */
export const gist = ({ findings = [], light, applies }: Verdict) => [
  applies === false ? "not there" : light,
  ...findings.map((one) => one.evidence[0]?.text),
];
