/** Leaves out facts that nobody told, so that "not said" never reads as a value. */
export const present = <T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
