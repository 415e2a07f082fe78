import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { Gateway } from "../checks/gateway.ts";
import { goodCopyBeside } from "../place/config-file.ts";
import { findKeeper, findsItself, placing, readUnit } from "../place/keeper.ts";
import type { OpenClawSettings } from "../settings.ts";
import type { Cli, RemedyPlace } from "./step.ts";

type Where = {
  readonly gateway: Gateway;
  readonly settings: OpenClawSettings;
  /** The openclaw command; null when there is none. */
  readonly program: string | null;
  readonly checks: ReadonlySet<string>;
  readonly context: ProbeContext;
};

/** What plans know of a located gateway before its service manager was asked. */
export function unaskedPlace({ checks, context, gateway: { bootGraceMs, place }, program, settings }: Where): RemedyPlace {
  const { environment, services } = context.ports;
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
    keeper: place.label === null ? "nobody" : "manager",
    manager: services.kind,
    label: place.label ?? "",
    user: environment.user,
    uid: environment.uid,
    stateDir: place.stateDir,
    configPath: place.configPath,
    port: place.port,
    bootGraceMs,
    checks,
  };
}

/** Everything plans need to know of one located gateway. A service manager that hangs is waited for, so nothing should wait for this. */
export async function remedyPlace(where: Where): Promise<RemedyPlace> {
  const { context, gateway, program, settings } = where;
  const { place } = gateway;
  const unit = place.label === null ? undefined : await readUnit(place.label, context.ports);
  const [keeper, goodCopy] = await Promise.all([
    findKeeper(place, unit, settings, program, context),
    place.mode === "local" ? goodCopyBeside(place.config, place.fingerprint, context) : undefined,
  ]);
  const log = unit?.kind === "loaded" ? unit.stdoutPath : undefined;
  return {
    ...unaskedPlace(where),
    keeper,
    ...(goodCopy === undefined ? {} : { goodCopy }),
    ...(log === undefined || !log.startsWith("/") || log === "/dev/null" ? {} : { log }),
  };
}
