/** A guided repair with a person in it, as a step machine. None is part of this release yet; remedies name them by id. */
export type WizardEntry = { readonly id: string; readonly title: string };

/** Every wizard, one line each. */
export const wizards: readonly WizardEntry[] = [];
