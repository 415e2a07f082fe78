import type { Clock } from "../../core/ports/clock.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Processes, TcpPorts } from "../../core/ports/machine.ts";
import { describeOwner } from "./describe-owner.ts";
import { lsofFields, parseLsof } from "./parse-lsof.ts";
import { tcpConnect } from "./tcp-connect.ts";

export type MacosTcpPortsOptions = {
  readonly clock: Clock;
  readonly commands: CommandRunner;
  readonly processes: Processes;
  readonly lsof?: string;
};

/** Asks `lsof`, which exits with 1 both for "nobody listens" and for its own mistakes. Other accounts' sockets stay invisible. */
export function macosTcpPorts({ clock, commands, processes, lsof = "/usr/sbin/lsof" }: MacosTcpPortsOptions): TcpPorts {
  return {
    connect: (...target) => tcpConnect(clock, ...target),
    async listeners(port) {
      const args = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-F", lsofFields];
      const outcome = await commands.run({ file: lsof, args, timeoutMs: 4000 });
      const found = "stdout" in outcome ? parseLsof(outcome.stdout) : [];
      return Promise.all(found.map(async (listener) => ({ ...listener, ...(await describeOwner(processes, listener.pid)) })));
    },
  };
}
