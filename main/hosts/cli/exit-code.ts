import type { Light } from "../../core/model/light.ts";

/** The codes of Nagios plugins: 0 fine, 1 warning, 2 critical, 3 unknown. */
export const exitCodeOf: Readonly<Record<Light, number>> = { green: 0, amber: 1, red: 2, grey: 3 };

/** A verb that could not do its work knows nothing about any light. */
export const COULD_NOT_RUN = 3;
