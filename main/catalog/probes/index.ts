import { commandProbe } from "./command/index.ts";
import { configFileProbe } from "./config-file/index.ts";
import { hostProbe } from "./host/index.ts";
import { httpProbe } from "./http/index.ts";
import { logSignatureProbe } from "./log-signature/index.ts";
import { processProbe } from "./process/index.ts";
import { serviceUnitProbe } from "./service-unit/index.ts";
import { tcpPortProbe } from "./tcp-port/index.ts";
import { webSocketProbe } from "./websocket/index.ts";

/** Every probe type by its name. The two that carry facts of their owner's making are shown with those facts untyped. */
export const probeTypes = {
  command: commandProbe,
  "config-file": configFileProbe<unknown>(),
  host: hostProbe,
  http: httpProbe,
  "log-signature": logSignatureProbe,
  process: processProbe,
  "service-unit": serviceUnitProbe,
  "tcp-port": tcpPortProbe,
  websocket: webSocketProbe<unknown>(),
} as const;
export type ProbeTypeName = keyof typeof probeTypes;
