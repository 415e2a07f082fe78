/**
 * A short name for a secret that tells copies apart and gives nothing away: 24 bits of a hash keyed with something that
 * only this machine has, so that the same secret has another name elsewhere and cannot be looked up.
 */
export function fingerprintWith(key: string): (secret: string) => string {
  return (secret) => {
    let high = 0x811c9dc5;
    let low = 0x9e3779b9;
    for (const one of `${key}\u0000${secret}\u0000${key}`) {
      const unit = one.codePointAt(0) ?? 0;
      high = Math.imul(high ^ unit, 0x01000193) >>> 0;
      low = Math.imul(low ^ unit ^ (high >>> 13), 0x85ebca6b) >>> 0;
    }
    const mixed = Math.imul(high ^ (low >>> 15), 0xc2b2ae35) >>> 0;
    return `#${((mixed ^ (mixed >>> 11)) & 0xffffff).toString(16).padStart(6, "0")}`;
  };
}
