import { describe, expect, it } from "vitest";
import { bindAddresses, isThisMachine, urlsFor } from "./address.ts";

const own = [
  { interface: "lo", address: "127.0.0.1", internal: true, family: "ipv4" },
  { interface: "eth0", address: "192.0.2.7", internal: false, family: "ipv4" },
  { interface: "eth0", address: "2001:db8::7", internal: false, family: "ipv6" },
  { interface: "tailscale0", address: "100.101.5.6", internal: false, family: "ipv4" },
] as const;

describe("addresses of a gateway", () => {
  it("are loopback for a local one, encrypted when it says so", () => {
    expect(urlsFor({ port: 18_789, tls: false })).toEqual({
      ws: "ws://127.0.0.1:18789",
      http: "http://127.0.0.1:18789",
      host: "127.0.0.1",
    });
    expect(urlsFor({ port: 1, tls: true }).ws).toBe("wss://127.0.0.1:1");
  });

  it("are what the settings or remote mode name, the settings first", () => {
    expect(urlsFor({ remote: "wss://claw.example.org/gw/", port: 1, tls: false })).toEqual({
      ws: "wss://claw.example.org/gw",
      http: "https://claw.example.org",
      host: "claw.example.org",
    });
    expect(urlsFor({ setting: "ws://a:5", remote: "ws://b:6", port: 1, tls: false }).host).toBe("a");
    expect(urlsFor({ remote: "http://10.0.0.2:9", port: 1, tls: false }).ws).toBe("ws://10.0.0.2:9");
  });

  it.each(["nonsense", "ftp://x", "ws://"])("fall back to loopback for %s", (remote) => {
    expect(urlsFor({ remote, port: 7, tls: false }).host).toBe("127.0.0.1");
  });

  it("stay on this machine, or leave it", () => {
    expect(["localhost", "127.0.0.9", "::1", "[::1]"].map((host) => isThisMachine(host, own))).toEqual(Array(4).fill("loopback"));
    expect(isThisMachine("192.0.2.7", own)).toBe("own-address");
    expect(isThisMachine("[2001:db8::7]", own)).toBe("own-address");
    expect(isThisMachine("192.0.2.8", own)).toBe("elsewhere");
    expect(isThisMachine("localhost.evil.example", own)).toBe("elsewhere");
  });

  it.each([
    ["loopback", undefined, []],
    ["lan", undefined, ["192.0.2.7", "100.101.5.6"]],
    ["auto", undefined, ["192.0.2.7", "100.101.5.6"]],
    ["tailnet", undefined, ["100.101.5.6"]],
    ["custom", "192.0.2.7", ["192.0.2.7"]],
    ["custom", "0.0.0.0", ["192.0.2.7", "100.101.5.6"]],
    ["custom", "127.0.0.1", []],
    ["custom", undefined, []],
    ["custom", "203.0.113.9", []],
    ["custom", "elsewhere.example\r\nHost: x", []],
    ["unheard-of", undefined, []],
  ])("beyond loopback for bind %s (%s) are %j", (bind, custom, expected) => {
    expect(bindAddresses(bind, custom, own)).toEqual(expected);
  });
});
