/** Variables of a `.env` file: `NAME=value`, `export` in front and quotes around the value allowed. Values are secrets. */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const parts = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    if (parts === null) continue;
    const [, name = "", raw = ""] = parts;
    const quoted = /^(["'])(.*?)\1/.exec(raw);
    const value = quoted === null ? raw.replace(/\s+#.*$/, "").trim() : (quoted[2] ?? "");
    found.set(name, value);
  }
  return found;
}
