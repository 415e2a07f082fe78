import type { World } from "../../core/model/world.ts";
import type { Environment, Host, Processes, TcpConnect, TcpPorts } from "../../core/ports/machine.ts";
import { describeOwner } from "./describe-owner.ts";
import type { Machine } from "./index.ts";

const wildcards: readonly string[] = ["*", "0.0.0.0", "::"];
const loopback: readonly string[] = ["127.0.0.1", "::1"];

/** The machine of an invented world, as it is at the moment of each question. Who and where we are is asked once. */
export function fakeMachine(world: () => World): Machine {
  return { environment: environmentOf(world()), host: hostOf(world), processes: processesOf(world), tcp: tcpOf(world) };
}

function environmentOf(world: World): Environment {
  return {
    platform: world.platform,
    home: world.home,
    user: world.user,
    uid: world.uid,
    tempDir: "/tmp",
    pathDirs: (world.env["PATH"] ?? "/usr/bin:/bin").split(":"),
    hostName: world.hostName,
    variable: (name) => world.env[name],
  };
}

function processesOf(world: () => World): Processes {
  return {
    inspect: async (pid) => world().processes.find((each) => each.pid === pid) ?? null,
    find: async (matches) =>
      world()
        .processes.filter((each) => each.command.search(matches) >= 0)
        .slice(0, 50),
  };
}

function tcpOf(world: () => World): TcpPorts {
  const answers = (address: string, host: string) => wildcards.includes(address) || address === host;
  return {
    async connect(host, port): Promise<TcpConnect> {
      const names = host === "localhost" ? loopback : [host === world().hostName ? "127.0.0.1" : host];
      if (names.some((name) => !/^[\d.]+$|:/.test(name))) return { kind: "dns-failed", reason: "ENOTFOUND" };
      const open = world().listeners.some((each) => each.port === port && names.some((name) => answers(each.address, name)));
      return open ? { kind: "open", durationMs: 1 } : { kind: "refused", reason: "ECONNREFUSED" };
    },
    async listeners(port) {
      const listeners = world().listeners.filter((each) => each.port === port);
      return Promise.all(listeners.map(async (each) => ({ ...each, ...(await describeOwner(processesOf(world), each.pid)) })));
    },
  };
}

function hostOf(world: () => World): Host {
  return {
    facts: async () => world().host,
    async disk(path) {
      const { disks, files, home } = world();
      const exists = path in disks || [home, ...Object.keys(files)].some((each) => each === path || each.startsWith(`${path}/`));
      const holders = Object.keys(disks).filter((mount) => path === mount || path.startsWith(mount === "/" ? "/" : `${mount}/`));
      const [nearest] = holders.sort((a, b) => b.length - a.length);
      const disk = nearest === undefined ? undefined : disks[nearest];
      return exists && disk ? { ...disk, path } : null;
    },
    async addresses() {
      // A world names no interfaces, but whoever listens on an address of its own shows that the machine has it.
      const own = world()
        .listeners.map((each) => each.address)
        .filter((address) => ![...wildcards, ...loopback].includes(address));
      return [
        { interface: "lo", address: "127.0.0.1", internal: true, family: "ipv4" as const },
        ...[...new Set(own)].map((address) => ({
          interface: "eth0",
          address,
          internal: false,
          family: address.includes(":") ? ("ipv6" as const) : ("ipv4" as const),
        })),
      ];
    },
  };
}
