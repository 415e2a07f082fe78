import type { Installation } from "../../../core/model/stack.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import type { Gateway } from "./checks/gateway.ts";
import { homeCheck } from "./checks/home.ts";
import { bindChecks, listChecks } from "./checks/index.ts";
import { diagnoseWith } from "./diagnose/index.ts";
import { expand } from "./place/paths.ts";
import { findBarrier, findPlace } from "./place/place.ts";
import { linkTo } from "./protocol/link.ts";
import { remediesFor } from "./remedies/index.ts";
import { remedyPlace, unaskedPlace } from "./remedies/remedy-place.ts";
import type { OpenClawSettings } from "./settings.ts";
import { targetsOf } from "./targets.ts";
import { watchGateway } from "./watch.ts";

/** How long finding OpenClaw waits for what only plans need, milliseconds. */
const patienceMs = 250;

/** Finds OpenClaw and binds its checks to where it lives; null when it is not on this machine. Where we may not look, one check says so. */
export async function locateOpenClaw(settings: OpenClawSettings, context: ProbeContext): Promise<Installation | null> {
  const place = await findPlace(settings, context);
  if (place === null) {
    const barrier = await findBarrier(settings, context);
    return barrier === null ? null : { checks: [homeCheck(settings)], remedies: [], diagnose: () => [] };
  }
  const gateway: Gateway = { place, link: linkTo(context.ports, place.target.url), bootGraceMs: settings.bootGraceSeconds * 1_000 };
  const { clock, commands } = context.ports;
  const program = settings.binary === undefined ? await commands.locate("openclaw") : expand(settings.binary, place.home);
  const checks = bindChecks(gateway, settings, program ?? undefined);
  const list = listChecks(checks);
  const where = { gateway, settings, program, checks: new Set(list.map(({ id }) => id)), context };
  let known = unaskedPlace(where);
  const asked = remedyPlace(where).then(
    (found) => {
      known = found;
    },
    () => {},
  );
  // Plans are looked at long after the lamps: a service manager that hangs must not keep those dark.
  await Promise.race([asked, clock.sleep(patienceMs)]);
  return {
    checks: list,
    get remedies() {
      return remediesFor(known);
    },
    targets: targetsOf(checks, place, gateway.bootGraceMs),
    diagnose: diagnoseWith(checks, place, gateway.bootGraceMs),
    watch: (watching) => watchGateway(gateway, watching),
  };
}
