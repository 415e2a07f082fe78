import { z } from "zod";

/** A list of which every entry that still reads is kept, the newest `limit`; anything else than a list is an empty one. */
export const salvaged = <T>(entry: z.ZodType<T>, limit: number): z.ZodType<T[]> =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) =>
      all.slice(-limit).flatMap((one) => {
        const read = entry.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    );
