const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One argument as a POSIX shell would have to read it, so that what is copied runs as what is shown. */
export const quoteWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** An argument list as one line to paste into a terminal. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(" ");
