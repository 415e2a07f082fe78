/** One listening socket as `lsof -F` tells it. `address` is an IP address without brackets. */
export type LsofListener = { readonly pid: number; readonly address: string; readonly port: number };

/** The fields to ask for: process, command, account, file, protocol, type and name. */
export const lsofFields = "pcuLftPn";

/**
 * Reads `lsof -nP -F` output: one field per line, its first letter says which. `p` opens a process, `f` a file of it.
 * A wildcard name is told as the wildcard address of the family, when the type field tells the family.
 */
export function parseLsof(text: string): readonly LsofListener[] {
  const found: LsofListener[] = [];
  let pid = 0;
  let type = "";
  for (const line of text.split("\n")) {
    const value = line.slice(1);
    if (line[0] === "p") pid = Number(value);
    else if (line[0] === "f") type = "";
    else if (line[0] === "t") type = value;
    else if (line[0] === "n") {
      const name = /^\[?(.*?)\]?:(\d+)(?: \(LISTEN\))?$/.exec(value);
      const address = name?.[1] === "*" ? (wildcards[type] ?? "*") : (name?.[1] ?? "");
      const listener = { pid, address, port: Number(name?.[2]) };
      // A program that shares one socket between several descriptors still listens once.
      if (name && pid > 0 && !found.some((each) => each.pid === pid && each.address === address && each.port === listener.port))
        found.push(listener);
    }
  }
  return found;
}

const wildcards: Readonly<Record<string, string>> = { IPv4: "0.0.0.0", IPv6: "::" };
