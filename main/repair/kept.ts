/** How long what was there before a repair is kept, milliseconds: 60 days. */
export const keptMs = 60 * 86_400_000;
