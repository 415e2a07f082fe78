import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLsof } from "./parse-lsof.ts";

describe("parseLsof", () => {
  it("reads one process with one socket", () => {
    expect(parseLsof("p17583\ncpython3\nu0\nLroot\nf3\nPTCP\nn127.0.0.1:18789\n")).toEqual([
      { pid: 17_583, address: "127.0.0.1", port: 18_789 },
    ]);
  });

  it("keeps sockets with their own process, and both families apart", () => {
    const text = "p570\ncrapportd\nf17\ntIPv4\nPTCP\nn*:49276\nf20\ntIPv6\nPTCP\nn*:49276\np571\ncnode\nf9\ntIPv6\nPTCP\nn[::1]:18789\n";
    expect(parseLsof(text)).toEqual([
      { pid: 570, address: "0.0.0.0", port: 49_276 },
      { pid: 570, address: "::", port: 49_276 },
      { pid: 571, address: "::1", port: 18_789 },
    ]);
  });

  it("does not carry the family of one socket over to the next", () => {
    expect(parseLsof("p1\nf1\ntIPv6\nn[::]:80\nf2\nn*:81\n").map((each) => each.address)).toEqual(["::", "*"]);
  });

  it("names a socket once that a process holds twice", () => {
    expect(parseLsof("p1\nf3\ntIPv4\nn127.0.0.1:80\nf4\ntIPv4\nn127.0.0.1:80\n")).toHaveLength(1);
  });

  it("accepts names that still say LISTEN, and passes over what is no port", () => {
    expect(parseLsof("p1\nf3\nn127.0.0.1:80 (LISTEN)\nf4\nn/tmp/socket\n")).toEqual([{ pid: 1, address: "127.0.0.1", port: 80 }]);
  });

  it("reads the table too, also for programs with a blank in their name", () => {
    const table = [
      "COMMAND     PID USER   FD   TYPE             DEVICE SIZE/OFF NODE NAME",
      "Code\\x20H 4711  sam   21u  IPv4 0xae00513928511027      0t0  TCP *:3000 (LISTEN)",
      "two words  4712  sam   22u  IPv6 0xae00513928511028      0t0  TCP [::1]:3001 (LISTEN)",
      "node       4713  sam   23u  IPv4 0xae00513928511029      0t0  TCP 127.0.0.1:3002",
      "node       4713  sam   24u  unix 0xae00513928511029      0t0      /tmp/socket",
      "node       4713  sam   25u  IPv4 0xae00513928511030      0t0  TCP 127.0.0.1:1->127.0.0.1:2 (ESTABLISHED)",
    ];
    expect(parseLsof(table.join("\n"))).toEqual([
      { pid: 4711, address: "0.0.0.0", port: 3000 },
      { pid: 4712, address: "::1", port: 3001 },
      { pid: 4713, address: "127.0.0.1", port: 3002 },
    ]);
  });

  it("reads a table whose heading was cut off", () => {
    const row = "node      54321 alex   23u  IPv4 0x8f3b1c2d3e4f5a6b      0t0  TCP 127.0.0.1:18789 (LISTEN)\n";
    const pilot = row.replace("node ", "pilot").replace("54321", "54322").replace("127.0.0.1", "*");
    expect(parseLsof(row + pilot)).toEqual([
      { pid: 54_321, address: "127.0.0.1", port: 18_789 },
      { pid: 54_322, address: "0.0.0.0", port: 18_789 },
    ]);
  });

  it("reads fields that end with NUL instead of a new line", () => {
    const text =
      "p1234\0cnode\0u501\0Lsam\0\nf23\0tIPv4\0PTCP\0n127.0.0.1:18789\0\nf24\0tIPv6\0PTCP\0n[::1]:18789\0\np99\0cdocker\0\nf3\0tIPv6\0n*:80\0\n";
    expect(parseLsof(text)).toEqual([
      { pid: 1234, address: "127.0.0.1", port: 18_789 },
      { pid: 1234, address: "::1", port: 18_789 },
      { pid: 99, address: "::", port: 80 },
    ]);
  });

  it("finds nothing in nothing, nor in a complaint", () => {
    expect(parseLsof("")).toEqual([]);
    expect(parseLsof("lsof: unsupported TCP state: LISTN\n")).toEqual([]);
  });
});

const sample = "../shared/samples/system/lsof-03-linux-F.txt";
describe.runIf(existsSync(sample))("a captured output (needs samples)", () => {
  it("is read as the listener it shows", () => {
    expect(parseLsof(readFileSync(sample, "utf8"))).toEqual([{ pid: 17_583, address: "127.0.0.1", port: 18_789 }]);
  });
});
