import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import { fakeMachine } from "./fake.ts";
import { machineSuite } from "./suite.ts";

const process = (pid: number, state: "sleeping" | "stopped"): World["processes"][number] => ({
  pid,
  ppid: 1,
  user: "sam",
  name: "node",
  command: `node /opt/app.js word-of-the-fake ${pid}`,
  state,
  startedMs: Date.now() - 5000,
  rssBytes: 1_000_000,
});

const world: World = {
  ...emptyWorld,
  processes: [process(101, "sleeping"), process(102, "stopped")],
  listeners: [{ address: "127.0.0.1", port: 4001, pid: 101 }],
  files: { "/srv/app/config.json": { text: "{}" } },
  disks: { "/": { path: "/", totalBytes: 1000, freeBytes: 400 }, "/srv": { path: "/srv", totalBytes: 10, freeBytes: 1 } },
};

machineSuite("a fake machine", () => ({
  machine: fakeMachine(() => world),
  pids: { waiting: 101, frozen: 102, nobody: 999 },
  word: "word-of-the-fake",
  ports: { open: 4001, closed: 4002 },
  folder: "/srv/app",
}));

describe("the machine of a world", () => {
  const machineWith = (more: Partial<World>) => fakeMachine(() => ({ ...world, ...more }));

  it("answers on every address where somebody listens on all", async () => {
    const { tcp } = machineWith({ listeners: [{ address: "*", port: 80 }] });
    for (const host of ["127.0.0.1", "::1", "localhost", "192.168.1.7", "lab"])
      expect(await tcp.connect(host, 80, 100)).toMatchObject({ kind: "open" });
  });

  it("refuses the loopback when somebody listens on another address only", async () => {
    const { tcp, host } = machineWith({ listeners: [{ address: "192.168.1.7", port: 80 }] });
    expect(await tcp.connect("localhost", 80, 100)).toMatchObject({ kind: "refused" });
    expect(await tcp.connect("192.168.1.7", 80, 100)).toMatchObject({ kind: "open" });
    expect(await host.addresses()).toContainEqual({ interface: "eth0", address: "192.168.1.7", internal: false, family: "ipv4" });
  });

  it("leaves the owner out when it is not known", async () => {
    const { tcp } = machineWith({ listeners: [{ address: "::", port: 80 }] });
    expect(await tcp.listeners(80)).toEqual([{ address: "::", port: 80 }]);
  });

  it("takes the figures of the nearest disk above a path", async () => {
    const { host } = machineWith({});
    expect(await host.disk("/srv/app")).toMatchObject({ totalBytes: 10 });
    expect(await host.disk("/home/sam")).toMatchObject({ totalBytes: 1000 });
  });

  it("follows a world that changes", async () => {
    let now = world;
    const { processes } = fakeMachine(() => now);
    now = { ...world, processes: [] };
    expect(await processes.inspect(101)).toBeNull();
  });

  it("is the machine of the world's own account and variables", () => {
    const { environment } = machineWith({ platform: "macos", env: { PATH: "/a:/b", TOKEN: "t" } });
    expect(environment).toMatchObject({
      platform: "macos",
      user: "sam",
      uid: 1000,
      home: "/home/sam",
      pathDirs: ["/a", "/b"],
      hostName: "lab",
    });
    expect(environment.variable("TOKEN")).toBe("t");
    expect(environment.variable("HOME")).toBeUndefined();
  });
});
