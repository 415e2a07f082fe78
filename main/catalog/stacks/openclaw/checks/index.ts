import type { Check } from "../../../../core/model/check.ts";
import type { OpenClawSettings } from "../settings.ts";
import { addressCheck } from "./address.ts";
import { anonymousCheck } from "./anonymous.ts";
import { backendsCheck } from "./backends.ts";
import { browserCheck } from "./browser.ts";
import { configCheck } from "./config.ts";
import { copiesCheck } from "./copies.ts";
import { crossValidationCheck } from "./cross-validation.ts";
import { deepChecks } from "./deep.ts";
import type { Gateway } from "./gateway.ts";
import { memoryCheck } from "./host.ts";
import { installsCheck } from "./installs.ts";
import { ladderCheck } from "./ladder.ts";
import { liveCheck } from "./live.ts";
import { logCheck } from "./log.ts";
import { neighboursCheck } from "./neighbours.ts";
import { portCheck } from "./port.ts";
import { processCheck } from "./process.ts";
import { channelsCheck, cronCheck, devicesCheck, modelsCheck, nodesCheck, preflightCheck, sendersCheck } from "./readings.ts";
import { readyCheck } from "./ready.ts";
import { schemaCheck } from "./schema.ts";
import { serviceCheck } from "./service-unit.ts";
import { sessionCheck } from "./session.ts";
import { startupCheck } from "./startup.ts";
import { stateCheck } from "./state.ts";
import { tunnelCheck } from "./tunnel.ts";
import { unitsCheck } from "./units.ts";

/** The checks whose facts `diagnose` joins. Those about this machine are absent for a gateway that lives elsewhere. */
export type GatewayChecks = ReturnType<typeof bindChecks>;

/** Every check of one gateway, bound to where it was found. `program` is the openclaw command, as far as it was located. */
export function bindChecks(gateway: Gateway, settings: OpenClawSettings, program?: string) {
  const { facts, label, mode } = gateway.place;
  const here = mode === "local";
  const binary = settings.binary;
  const sshTarget = facts?.gateway.remote.sshTarget;
  const named = {
    live: liveCheck(gateway),
    ready: readyCheck(gateway),
    startup: startupCheck(gateway),
    session: sessionCheck(gateway),
    anonymous: anonymousCheck(gateway),
    ...(gateway.place.outside.length > 0 ? { address: addressCheck(gateway) } : {}),
    channels: channelsCheck(gateway),
    cron: cronCheck(gateway),
    nodes: nodesCheck(gateway),
    ...(settings.scopes.includes("operator.pairing") ? { devices: devicesCheck(gateway), senders: sendersCheck(gateway) } : {}),
    models: modelsCheck(gateway),
    ...(here ? { schema: schemaCheck(gateway) } : {}),
    ...(label === null ? {} : { service: serviceCheck(gateway, label) }),
    ...(here ? { units: unitsCheck(gateway, label), process: processCheck(gateway), port: portCheck(gateway) } : {}),
    config: configCheck(gateway),
    ...(here
      ? { copies: copiesCheck(gateway), state: stateCheck(gateway), log: logCheck(gateway, settings.logs), memory: memoryCheck() }
      : {}),
    installs: installsCheck(gateway, binary),
    ...(here ? { backends: backendsCheck(gateway) } : {}),
    browser: browserCheck(gateway),
    neighbours: neighboursCheck(gateway),
    preflight: preflightCheck(gateway),
    ...(sshTarget === undefined ? {} : { tunnel: tunnelCheck(sshTarget) }),
  };
  const command = program ?? binary ?? "openclaw";
  const slow = {
    ladder: ladderCheck(gateway, command, named),
    crossValidation: crossValidationCheck(gateway, command, named),
    ...deepChecks(gateway, command),
  };
  return { ...named, deep: slow };
}

/** The same checks as a flat list, in the order in which they ask the gateway over their shared connection. */
export const listChecks = ({ deep, ...named }: GatewayChecks): readonly Check[] => [...Object.values(named), ...Object.values(deep)];
