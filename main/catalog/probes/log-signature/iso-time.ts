const ISO = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;

/** Days from 1970-01-01 of a civil date (proleptic Gregorian), because pure code has no calendar of its own. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function offsetMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.replace(/\D/g, "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4));
  return zone.startsWith("-") ? -minutes : minutes;
}

/**
 * Epoch milliseconds of the first ISO 8601 time within the first 120 characters of a line.
 * A time without a zone gives undefined: guessing the zone would move it by hours.
 */
export function isoTime(line: string): number | undefined {
  const found = ISO.exec(line.slice(0, 120));
  const zone = found?.[8];
  if (found === null || zone === undefined) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const fraction = Math.floor(Number(`0.${found[7] ?? "0"}`) * 1000);
  const seconds = ((daysFromCivil(year, month, day) * 24 + (hour ?? 0)) * 60 + (minute ?? 0) - offsetMinutes(zone)) * 60 + (second ?? 0);
  return seconds * 1000 + fraction;
}
