/** Why no answer came. `reason` is one sentence for people, without addresses or values from the request. */
export type NetworkFailure = {
  readonly kind: "refused" | "timed-out" | "dns-failed" | "reset" | "unreachable" | "tls-failed" | "not-http";
  readonly reason: string;
};

const byCode: Readonly<Record<string, NetworkFailure>> = {
  ECONNREFUSED: { kind: "refused", reason: "Nothing accepts connections at that address and port." },
  ETIMEDOUT: { kind: "timed-out", reason: "The other side did not answer the connection attempt." },
  ENOTFOUND: { kind: "dns-failed", reason: "The host name is not known." },
  EAI_AGAIN: { kind: "dns-failed", reason: "The name server did not answer." },
  ECONNRESET: { kind: "reset", reason: "The other side closed the connection before the answer was complete." },
  ECONNABORTED: { kind: "reset", reason: "The connection was cut before the answer was complete." },
  EPIPE: { kind: "reset", reason: "The other side closed the connection while we were still sending." },
  EHOSTUNREACH: { kind: "unreachable", reason: "There is no route to that host, or the system does not let this program reach it." },
  ENETUNREACH: { kind: "unreachable", reason: "There is no route to that network." },
  EPROTO: { kind: "tls-failed", reason: "The other side does not speak TLS as expected." },
  HPE_HEADER_OVERFLOW: { kind: "not-http", reason: "The answer's headers are too large." },
};

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/**
 * The kind of failure behind an error of a Node socket or HTTP request. When several addresses of a host were tried, one that
 * refused says most: the host is there, and the port is shut.
 */
export function networkFailure(error: unknown): NetworkFailure {
  const codes = codesOf(error);
  const code = codes.find((each) => each === "ECONNREFUSED") ?? codes[0] ?? "unknown";
  const known = byCode[code];
  if (known) return known;
  if (TLS_CODE.test(code)) return { kind: "tls-failed", reason: `The TLS connection was not accepted (${code}).` };
  if (code.startsWith("HPE_")) return { kind: "not-http", reason: `The answer is not proper HTTP (${code}).` };
  return { kind: "unreachable", reason: `The connection could not be made (${code}).` };
}

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const tried = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...tried, ...("code" in error && typeof error.code === "string" ? [error.code] : [])];
}
