import { z } from "zod";
import { portHolder } from "../../../core/engine/port-holder.ts";
import { defineProbe } from "../../../core/model/check.ts";
import type { TcpConnect, TcpListener } from "../../../core/ports/machine.ts";
import { oneLine } from "../summary.ts";

export const TcpPortOptions = z.object({
  host: z.string().default("127.0.0.1"),
  port: z.number().int().min(1).max(65_535),
  timeoutMs: z.number().positive().default(2_000),
  /** The command line the owner of the port must have; without it any owner will do. */
  owner: z.instanceof(RegExp).optional(),
  /** Finding to raise when somebody else owns the port. */
  codes: z.object({ held: z.string().optional() }).default({}),
});

/** Whether the port opens, and who holds it. An empty list of listeners means nobody that this account may see. */
export type TcpPortSeen = { readonly connect: TcpConnect; readonly listeners: readonly TcpListener[] };

/** The first visible owner of the port whose command line does not match; undefined when there is none or nobody can be seen. */
export function foreignOwner(listeners: readonly TcpListener[], owner: RegExp): TcpListener | undefined {
  return listeners.find((listener) => listener.process !== undefined && !owner.test(listener.process.command));
}

/** Opens a TCP connection and asks the system who listens on the port. */
export const tcpPortProbe = defineProbe<typeof TcpPortOptions, TcpPortSeen>({
  type: "tcp-port",
  options: TcpPortOptions,
  observe: async ({ host, port, timeoutMs }, { ports }) => {
    const [connect, listeners] = await Promise.all([ports.tcp.connect(host, port, timeoutMs), ports.tcp.listeners(port)]);
    return { connect, listeners };
  },
  judge: ({ host, port, owner, codes }, { connect, listeners }) => {
    const stranger = owner === undefined ? undefined : foreignOwner(listeners, owner);
    if (stranger !== undefined) {
      const holder = portHolder(stranger);
      const evidence = [{ source: "port owner", text: `${stranger.address}:${port} is held by ${holder}` }];
      const findings = codes.held === undefined ? [] : [{ code: codes.held, params: { port, holder }, evidence }];
      return { light: "red", summary: `Port ${port} is held by ${holder}`, findings };
    }
    switch (connect.kind) {
      case "open":
        return {
          light: "green",
          summary: `Port ${port} is open, held by ${listeners[0] === undefined ? "another account" : portHolder(listeners[0])}`,
        };
      case "timed-out":
        return { light: "grey", summary: `Port ${port} on ${host} did not answer in time` };
      case "refused": {
        const elsewhere = listeners[0];
        return elsewhere === undefined
          ? { light: "red", summary: `Nobody listens on port ${port}`, confirmAfter: 2 }
          : { light: "amber", summary: `Port ${port} is open on ${elsewhere.address}, but not on ${host}` };
      }
      default:
        return { light: "amber", summary: `${host} cannot be reached: ${oneLine(connect.reason, 50)}` };
    }
  },
});
