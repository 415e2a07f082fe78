/**
 * Reads a file that EnvironmentFile= names: `NAME=value` lines with optional quotes. Values are secrets: callers take one
 * out and let go of the rest.
 */
export function parseEnvironmentFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = text.replaceAll("\r\n", "\n").replaceAll(/\\\n/g, "").split("\n");
  for (const line of lines) {
    const parts = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (parts) values.set(parts[1] ?? "", unquoted((parts[2] ?? "").trim()));
  }
  return values;
}

/** Single quotes keep everything; double quotes let a backslash protect only what the shell would. */
function unquoted(value: string): string {
  const single = /^'(.*)'$/s.exec(value)?.[1];
  if (single !== undefined) return single;
  const double = /^"(.*)"$/s.exec(value)?.[1];
  return double === undefined ? value.replaceAll(/\\(.)/g, "$1") : double.replaceAll(/\\(["\\`$])/g, "$1");
}
