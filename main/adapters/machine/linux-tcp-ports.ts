import { open, readFile } from "node:fs/promises";
import type { Clock } from "../../core/ports/clock.ts";
import type { Processes, TcpPorts } from "../../core/ports/machine.ts";
import { describeOwner } from "./describe-owner.ts";
import { parseCgroup } from "./parse-cgroup.ts";
import { type ListeningSocket, parseProcNet } from "./parse-proc-net.ts";
import { socketOwners } from "./socket-owners.ts";
import { tcpConnect } from "./tcp-connect.ts";

const chunkBytes = 65_536;
const mostBytes = 4 << 20;

/** Reads only as much of a table as holds listeners: thousands of open connections may follow them. */
async function listeningSockets(table: string): Promise<readonly ListeningSocket[]> {
  const file = await open(table).catch(() => null);
  if (!file) return [];
  try {
    let text = "";
    while (text.length < mostBytes) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes);
      text += buffer.toString("latin1", 0, bytesRead);
      const read = parseProcNet(text);
      if (read.complete || bytesRead === 0) return read.sockets;
    }
    return parseProcNet(text).sockets;
  } finally {
    await file.close();
  }
}

const unitOfProcess = async (pid: number): Promise<string | undefined> =>
  parseCgroup(await readFile(`/proc/${pid}/cgroup`, "utf8").catch(() => ""));

/** Listeners come from `/proc/net/tcp` and `tcp6` of our own network name space. */
export function linuxTcpPorts(processes: Processes, clock: Clock): TcpPorts {
  const ownersOf = socketOwners();
  return {
    connect: (...target) => tcpConnect(clock, ...target),
    async listeners(port) {
      const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(listeningSockets));
      const sockets = tables.flat().filter((socket) => socket.port === port);
      const owners = await ownersOf(sockets);
      return Promise.all(
        sockets.map(async ({ address, inode }) => {
          const pid = owners.get(inode);
          const unit = pid === undefined ? undefined : await unitOfProcess(pid);
          return {
            address,
            port,
            ...(pid === undefined ? {} : { pid }),
            ...(await describeOwner(processes, pid)),
            ...(unit === undefined ? {} : { unit }),
          };
        }),
      );
    },
  };
}
