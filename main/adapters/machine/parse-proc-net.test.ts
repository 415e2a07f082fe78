import { describe, expect, it } from "vitest";
import { parseProcNet } from "./parse-proc-net.ts";

const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const line = (local: string, state: string, uid = 1000, inode = 49_627) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

describe("parseProcNet", () => {
  it("reads address, port, account and inode of a listener", () => {
    expect(parseProcNet(head + line("0100007F:4965", "0A")).sockets).toEqual([
      { address: "127.0.0.1", port: 18_789, uid: 1000, inode: "49627" },
    ]);
  });

  it("stops at the first socket that does not listen", () => {
    const { sockets, complete } = parseProcNet(
      head + line("00000000:0050", "0A") + line("0100007F:4965", "01") + line("0100007F:0016", "0A"),
    );
    expect(sockets.map((socket) => socket.port)).toEqual([80]);
    expect(complete).toBe(true);
  });

  it("is not complete while only listeners were seen", () => {
    expect(parseProcNet(head + line("00000000:0050", "0A")).complete).toBe(false);
  });

  it.each([
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000001000000", "::1"],
    ["000080FE000000000000000001000000", "fe80::1"],
    ["B80D0120000000000000000000000000", "2001:db8::"],
    ["0000000000000000FFFF00000100007F", "::ffff:127.0.0.1"],
    ["B80D0120030002000500040007000600", "2001:db8:2:3:4:5:6:7"],
  ])("writes IPv6 address %s as %s", (hex, address) => {
    expect(parseProcNet(line(`${hex}:0050`, "0A")).sockets[0]?.address).toBe(address);
  });

  it("ignores a line that was cut by the end of the buffer", () => {
    expect(parseProcNet(`${line("00000000:0050", "0A")}   1: 0100007F:49`).sockets).toHaveLength(1);
    expect(parseProcNet("")).toEqual({ sockets: [], complete: false });
  });
});
