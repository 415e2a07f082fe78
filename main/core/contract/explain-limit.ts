/** Largest text `explain` takes, characters. */
export const EXPLAIN_LIMIT = 1_048_576;
