import type { Settings, SettingsIssue } from "./core/ports/settings.ts";

/** Tells of settings that no stack will ever read: below a name that is none, or beside `stacks` instead of below it. */
export function tellMisplaced(settings: Settings, stackIds: readonly string[]): void {
  settings.reject("stacks", strangers(settings.section("stacks"), stackIds));
  for (const id of stackIds) {
    const beside = settings.section(id) === undefined ? [] : [{ path: [], message: "Nobody reads this here. It belongs below stacks" }];
    settings.reject(id, beside);
  }
}

function strangers(stacks: unknown, stackIds: readonly string[]): readonly SettingsIssue[] {
  const known = stackIds.join(", ");
  if (stacks === undefined || stacks === null) return [];
  if (typeof stacks !== "object" || Array.isArray(stacks)) return [{ path: [], message: `Must hold a section for each stack (${known})` }];
  return Object.keys(stacks)
    .filter((name) => !stackIds.includes(name))
    .map((name) => ({ path: [name], message: `There is no such stack; known are ${known}` }));
}
