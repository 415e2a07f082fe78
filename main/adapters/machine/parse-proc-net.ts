/** A listening socket of `/proc/net/tcp` or `tcp6`. The inode leads to the process that holds it. */
export type ListeningSocket = { readonly address: string; readonly port: number; readonly uid: number; readonly inode: string };

const listening = "0A";

/**
 * Reads the listening sockets of `/proc/net/tcp` or `tcp6`. The kernel lists them before all others, so `complete` is true
 * once a socket in another state was seen, and the rest of a long table need not be read.
 */
export function parseProcNet(text: string): { readonly sockets: readonly ListeningSocket[]; readonly complete: boolean } {
  const sockets: ListeningSocket[] = [];
  for (const line of text.split("\n")) {
    const fields = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) (?:\S+\s+){3}(\d+)\s+\d+\s+(\d+) /.exec(line);
    if (!fields) continue;
    const [, address = "", port = "", state, uid, inode = ""] = fields;
    if (state !== listening) return { sockets, complete: true };
    sockets.push({ address: readAddress(address), port: Number.parseInt(port, 16), uid: Number(uid), inode });
  }
  return { sockets, complete: false };
}

/** The kernel writes addresses as 32-bit words in the machine's byte order, which is little-endian wherever we run. */
function readAddress(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16)));
  return bytes.length === 4 ? bytes.join(".") : shortenIpv6(bytes);
}

function shortenIpv6(bytes: readonly number[]): string {
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  if (mapped) return `::ffff:${bytes.slice(12).join(".")}`;
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  const zeros = groups.map((group) => (group === 0 ? "0" : "x")).join("");
  const run = zeros.match(/0{2,}/g)?.reduce((longest, each) => (each.length > longest.length ? each : longest), "") ?? "";
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (run === "") return text(groups);
  const at = zeros.indexOf(run);
  return `${text(groups.slice(0, at))}::${text(groups.slice(at + run.length))}`;
}
