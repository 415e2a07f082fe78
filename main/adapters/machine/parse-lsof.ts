/** One listening socket as `lsof -F` tells it. `address` is an IP address without brackets. */
export type LsofListener = { readonly pid: number; readonly address: string; readonly port: number };

/** The fields to ask for: process, command, account, file, protocol, type and name. */
export const lsofFields = "pcuLftPn";

type Socket = { readonly pid: number; readonly type: string; readonly name: string };

/**
 * Reads `lsof -nP -F` output: one field per line, or ended by NUL as `-F0` writes them, its first letter says which. `p` opens a
 * process, `f` a file of it. The table, which an lsof that knows no fields prints all the same, is read too, also when its heading
 * was cut off. A wildcard name is told as the wildcard address of the family, when the type tells the family.
 */
export function parseLsof(text: string): readonly LsofListener[] {
  const lines = text.split(/[\n\0]/);
  const sets = fieldSets(lines);
  const found: LsofListener[] = [];
  for (const { pid, type, name } of sets.some((each) => each.pid > 0) ? sets : lines.flatMap(tableRow)) {
    const parts = /^\[?(.*?)\]?:(\d+)(?: \(LISTEN\))?$/.exec(name);
    const address = parts?.[1] === "*" ? (wildcards[type] ?? "*") : (parts?.[1] ?? "");
    const port = Number(parts?.[2]);
    // A program that shares one socket between several descriptors still listens once.
    if (parts && pid > 0 && !found.some((each) => each.pid === pid && each.address === address && each.port === port))
      found.push({ pid, address, port });
  }
  return found;
}

function fieldSets(lines: readonly string[]): readonly Socket[] {
  const found: Socket[] = [];
  let pid = 0;
  let type = "";
  for (const line of lines) {
    const value = line.slice(1);
    if (line[0] === "p") pid = Number(value);
    else if (line[0] === "f") type = "";
    else if (line[0] === "t") type = value;
    else if (line[0] === "n") found.push({ pid, type, name: value });
  }
  return found;
}

/** Names of programs may hold blanks, so a row is told by its other columns. */
function tableRow(line: string): readonly Socket[] {
  const row = /\s(\d+)\s+\S+\s+\d+\S*\s+(IPv[46])\s+\S+\s+\S+\s+TCP\s+(\S+)(?: \(LISTEN\))?\s*$/.exec(line.slice(0, 1000));
  return row ? [{ pid: Number(row[1]), type: row[2] ?? "", name: row[3] ?? "" }] : [];
}

const wildcards: Readonly<Record<string, string>> = { IPv4: "0.0.0.0", IPv6: "::" };
