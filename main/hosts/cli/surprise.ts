/**
 * What may be said of an error nobody expected: its kind and the place in our own code. Never its text, which can quote anything
 * that was being handled, a secret included.
 */
export function surpriseWords(error: unknown): string {
  if (!(error instanceof Error)) return "Lamplighter failed unexpectedly.";
  const { code, syscall } = error as NodeJS.ErrnoException;
  const kind = [error.name, code, syscall].filter((part) => typeof part === "string" && /^[\w-]{1,60}$/.test(part)).join(", ");
  const place = /^ {4}at .*?([\w.-]+\.[jt]s:\d+):\d+\)?$/m.exec(error.stack ?? "")?.[1];
  return `Lamplighter failed unexpectedly (${kind}${place === undefined ? "" : ` in ${place}`}).`;
}
