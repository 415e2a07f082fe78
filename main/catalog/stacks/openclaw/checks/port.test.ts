import { describe, expect, it } from "vitest";
import type { TcpListener } from "../../../../core/ports/machine.ts";
import { judgePort, portOwner } from "./port.ts";

const listener = (name: string, command = name, pid = 10): TcpListener => ({
  address: "127.0.0.1",
  port: 18_789,
  pid,
  process: { pid, ppid: 1, user: "ada", name, command, state: "sleeping" },
});
const seen = (...listeners: readonly TcpListener[]) => ({ connect: { kind: "refused" as const, reason: "" }, listeners });

describe("the owner of the gateway's port", () => {
  it.each([
    ["openclaw-gateway", "openclaw-gateway"],
    ["node", "/usr/bin/node /opt/lib/node_modules/openclaw/dist/index.js gateway --port 18789"],
    ["node", "node /home/u/moltbot/dist/index.js gateway"],
  ])("is the gateway when it is %s (%s)", (name, command) => {
    expect(portOwner(seen(listener(name, command)))).toEqual({ kind: "gateway" });
  });

  it("is the gateway whatever it is called, when it holds the instance lock", () => {
    expect(portOwner(seen(listener("node", "node server.js")), 10)).toEqual({ kind: "gateway" });
  });

  it("is one gateway when it listens on both loopback addresses", () => {
    const both = seen(listener("openclaw-gateway"), { ...listener("openclaw-gateway"), address: "::1" });
    expect(judgePort(both, 18_789)).toMatchObject({ light: "green", summary: "Port 18789 belongs to the gateway" });
  });

  it.each(["ssh", "docker-proxy", "com.docker.backend", "tailscaled"])("may be %s, which passes it on for somebody else", (name) => {
    expect(portOwner(seen(listener(name)))).toMatchObject({ kind: "forwarder" });
  });

  it("is a stranger otherwise, named with its process and without its command line", () => {
    const owner = portOwner(seen(listener("python3", "python3 -m http.server --token s3cret")));
    expect(owner).toEqual({ kind: "stranger", holder: "python3, process 10" });
    expect(judgePort(seen(listener("python3")), 18_789)).toEqual({
      light: "red",
      summary: "Port 18789 is held by another program (python3, process 10)",
    });
  });

  it("is not known for another account, and nobody when nobody is seen", () => {
    expect(portOwner(seen({ address: "127.0.0.1", port: 18_789 }))).toEqual({ kind: "hidden" });
    expect(judgePort(seen(), 18_789)).toMatchObject({ light: "grey", applies: false });
    expect(judgePort({ connect: { kind: "open", durationMs: 1 }, listeners: [] }, 18_789).light).toBe("green");
  });
});
