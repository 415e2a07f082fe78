/**
 * Labels in `launchctl print-disabled DOMAIN`, true for those that are switched off. A label without a line has no override,
 * which is not the same as switched off. Old systems print `true` for disabled; the block of login items is no part of it.
 */
export function parsePrintDisabled(text: string): ReadonlyMap<string, boolean> {
  const rows = text.matchAll(/^[ \t]*"([^"\n]+)" => (disabled|enabled|true|false)[ \t]*$/gm);
  return new Map([...rows].map(([, label = "", word]) => [label, word === "disabled" || word === "true"]));
}
