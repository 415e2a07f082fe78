/** systemctl takes a bare name for that of a service; anything that could be an option or a path is no name. */
export function unitName(label: string): string | null {
  if (label.length > 255 || !/^[\w:.\\@][\w:.\\@-]*$/.test(label)) return null;
  return /\.(?:service|socket|timer|path|target|scope|slice|mount)$/.test(label) ? label : `${label}.service`;
}

/** The unit's name when it is of a kind we may act on: stopping a target or slice could end everything the account runs. */
export function actableUnitName(label: string): string | null {
  const unit = unitName(label);
  return unit !== null && /[^.]\.(?:service|socket|timer|path)$/.test(unit) ? unit : null;
}
