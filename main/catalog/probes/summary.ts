const MAX_SUMMARY = 90;

/** One printable line of at most about 90 characters, from any text: control characters become blanks. */
export function oneLine(text: string, max = MAX_SUMMARY): string {
  const plain = text
    .slice(0, max * 4)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return plain.length > max ? `${plain.slice(0, max - 1)}…` : plain;
}

/** Host, port and path of a URL. Query, fragment and user part are left out, because people keep tokens there. */
export function showUrl(url: string): string {
  if (!URL.canParse(url)) return "the address";
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port === "" ? "" : `:${port}`}${pathname === "/" ? "" : pathname}`;
}

/** A duration in words: 850 ms, 4.5 s, 12 min. */
export function showDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** Bytes in binary units, as people read them: 512 MB, 3.2 GB. */
export function showBytes(bytes: number): string {
  const mega = bytes / 1_048_576;
  return mega < 1024 ? `${Math.round(mega)} MB` : `${Math.round(mega / 102.4) / 10} GB`;
}
