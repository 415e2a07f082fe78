const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;

/** An argument list as one line that a POSIX shell reads back exactly: what is copied runs as what was shown. */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
}
