/** Words that mean themselves to every POSIX shell. No `=`: at the front of a line it would assign. */
const plain = /^[A-Za-z0-9_@%+:,./-]+$/;

/** One argument as a POSIX shell would have to read it, so that what is copied runs as what is shown. */
export const quoteWord = (word: string): string => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** An argument list as one line that a POSIX shell reads back exactly. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(" ");
