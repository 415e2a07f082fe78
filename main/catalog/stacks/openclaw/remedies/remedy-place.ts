import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { Gateway } from "../checks/gateway.ts";
import { goodCopyBeside } from "../place/config-file.ts";
import { findKeeper, findsItself, placing, readUnit } from "../place/keeper.ts";
import type { OpenClawSettings } from "../settings.ts";
import type { Cli, RemedyPlace } from "./step.ts";

/** Everything plans need to know of one located gateway. `program` is the openclaw command, null when there is none. Changes nothing. */
export async function remedyPlace(
  { bootGraceMs, place }: Gateway,
  settings: OpenClawSettings,
  program: string | null,
  checks: ReadonlySet<string>,
  context: ProbeContext,
): Promise<RemedyPlace> {
  const { environment, services } = context.ports;
  const unit = place.label === null ? undefined : await readUnit(place.label, context.ports);
  const [keeper, goodCopy] = await Promise.all([
    findKeeper(place, unit, settings, program, context),
    place.mode === "local" ? goodCopyBeside(place.config, place.fingerprint, context) : undefined,
  ]);
  const log = unit?.kind === "loaded" ? unit.stdoutPath : undefined;
  const cli: Cli | undefined =
    program === null || !findsItself(place, settings, context)
      ? undefined
      : {
          program,
          profile: settings.profile === undefined ? [] : ["--profile", settings.profile],
          envNames: placing.filter((name) => environment.variable(name) !== undefined),
        };
  return {
    ...(cli === undefined ? {} : { cli }),
    keeper,
    manager: services.kind,
    label: place.label ?? "",
    user: environment.user,
    uid: environment.uid,
    stateDir: place.stateDir,
    configPath: place.configPath,
    ...(goodCopy === undefined ? {} : { goodCopy }),
    port: place.port,
    bootGraceMs,
    ...(log === undefined || !log.startsWith("/") || log === "/dev/null" ? {} : { log }),
    checks,
  };
}
