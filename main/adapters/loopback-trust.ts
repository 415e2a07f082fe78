/** What a TLS connection to an address wants beyond the defaults. */
export type Trust = { readonly rejectUnauthorized?: false };

/** Numbers only: a name, "localhost" too, may lead elsewhere. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Programs of this machine make their certificates themselves, for a name that is not 127.0.0.1. Nobody stands between two ends of
 * loopback, where the same words are otherwise sent in the clear; everywhere else a certificate must be valid.
 */
export const trustFor = (url: string | URL): Trust => {
  const { protocol, hostname } = new URL(url);
  return (protocol === "https:" || protocol === "wss:") && LOOPBACK.test(hostname) ? { rejectUnauthorized: false } : {};
};
