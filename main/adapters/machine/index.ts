import type { Clock } from "../../core/ports/clock.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Environment, Host, Processes, TcpPorts } from "../../core/ports/machine.ts";
import { ownEnvironment } from "./environment.ts";
import { linuxHost } from "./linux-host.ts";
import { linuxProcesses } from "./linux-processes.ts";
import { linuxTcpPorts } from "./linux-tcp-ports.ts";
import { macosHost } from "./macos-host.ts";
import { macosProcesses } from "./macos-processes.ts";
import { macosTcpPorts } from "./macos-tcp-ports.ts";

/** The four ports that one machine answers. */
export type Machine = {
  readonly environment: Environment;
  readonly host: Host;
  readonly processes: Processes;
  readonly tcp: TcpPorts;
};

/** This machine. Linux is read from `/proc`; every other system is asked with the tools that macOS brings along. */
export function ownMachine(commands: CommandRunner, clock: Clock, environment: Environment = ownEnvironment()): Machine {
  if (environment.platform === "linux") {
    const processes = linuxProcesses();
    return { environment, host: linuxHost(), processes, tcp: linuxTcpPorts(processes, clock) };
  }
  const processes = macosProcesses({ commands });
  return { environment, host: macosHost(commands), processes, tcp: macosTcpPorts({ clock, commands, processes }) };
}
