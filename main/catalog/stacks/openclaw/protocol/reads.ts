/** Read-only calls we make, and the scope each needs. Nothing else is ever called. */
export const reads = {
  "channels.pairing.list": { params: {}, scope: "operator.pairing" },
  "channels.status": { params: { probe: false }, scope: "operator.read" },
  "config.get": { params: {}, scope: "operator.read" },
  "cron.list": { params: {}, scope: "operator.read" },
  "cron.status": { params: {}, scope: "operator.read" },
  "device.pair.list": { params: {}, scope: "operator.pairing" },
  "gateway.restart.preflight": { params: {}, scope: "operator.read" },
  "last-heartbeat": { params: {}, scope: "operator.read" },
  "models.authStatus": { params: {}, scope: "operator.read" },
  "node.list": { params: {}, scope: "operator.read" },
} as const;
export type ReadMethod = keyof typeof reads;

/** Whether the granted scopes allow the call; unknown scopes (older releases do not tell) are worth a try. */
export const allows = (scopes: readonly string[] | undefined, method: ReadMethod): boolean =>
  scopes === undefined || scopes.includes(reads[method].scope) || scopes.includes("operator.admin");
