const NAME = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/;

/** A value without its quotes, or without the remark behind it. Takes time that grows with the length only, whatever stands there. */
function readValue(raw: string): string {
  const value = raw.trim();
  const quote = value[0];
  const end = quote === '"' || quote === "'" ? value.indexOf(quote, 1) : -1;
  if (end > 0) return value.slice(1, end);
  const remark = value.search(/\s#/);
  return remark === -1 ? value : value.slice(0, remark).trimEnd();
}

/** Variables of a `.env` file: `NAME=value`, `export` in front and quotes around the value allowed. Values are secrets. */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const named = NAME.exec(line);
    if (named !== null) found.set(named[1] ?? "", readValue(line.slice(named[0].length)));
  }
  return found;
}
