/**
 * Rejections after which trying again with the same credentials can only do harm: it ends in a lock-out or a flood of
 * pairing requests. OpenClaw's own client stops on the same ones; the mismatch of the shared token is ours, because we can
 * tell from the configuration file when trying again makes sense.
 */
const pointless: ReadonlySet<string> = new Set([
  "AUTH_TOKEN_MISSING",
  "AUTH_TOKEN_MISMATCH",
  "AUTH_BOOTSTRAP_TOKEN_INVALID",
  "AUTH_PASSWORD_MISSING",
  "AUTH_PASSWORD_MISMATCH",
  "AUTH_RATE_LIMITED",
  "AUTH_DEVICE_TOKEN_MISMATCH",
  "AUTH_SCOPE_MISMATCH",
  "AUTH_IDENTITY_HEADER_REQUIRED",
  "AUTH_VERIFIED_USER_REQUIRED",
  "CONTROL_UI_BUILD_MISMATCH",
  "PAIRING_REQUIRED",
  "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
  "DEVICE_IDENTITY_REQUIRED",
  "PROTOCOL_MISMATCH",
]);

const secondMs = 1_000;
const minuteMs = 60_000;
/** The first two are short: after a change of the token the gateway takes it over some seconds after us. */
const pausesMs: readonly number[] = [5 * secondMs, 20 * secondMs, minuteMs, 2 * minuteMs, 5 * minuteMs];

export type Refusal = { readonly detailCode?: string; readonly retryAfterMs?: number };

/**
 * Milliseconds to wait before the same credentials are tried again after the `nth` refusal in a row (from 1).
 * What the gateway asks for is honoured, up to ten minutes. Refusals that pass by themselves may be tried at the next look.
 */
export function pauseAfter({ detailCode, retryAfterMs }: Refusal, nth: number): number {
  const asked = Math.min(Math.max(retryAfterMs ?? 0, 0), 10 * minuteMs);
  const structured = detailCode !== undefined && (pointless.has(detailCode) || detailCode.startsWith("DEVICE_AUTH_"));
  if (!structured) return asked;
  const own = pausesMs[Math.min(Math.max(nth, 1), pausesMs.length) - 1] ?? minuteMs;
  return Math.max(own, asked);
}
