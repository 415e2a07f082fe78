import type { Clock } from "./clock.ts";
import type { CommandRunner } from "./command-runner.ts";
import type { DeviceIdentity } from "./device-identity.ts";
import type { FileChanges } from "./file-changes.ts";
import type { Files } from "./files.ts";
import type { History } from "./history.ts";
import type { HttpClient } from "./http-client.ts";
import type { Journal } from "./journal.ts";
import type { Locks } from "./locks.ts";
import type { Environment, Host, Processes, TcpPorts } from "./machine.ts";
import type { ProcessControl } from "./process-control.ts";
import type { ForeignSecrets, SecretStore } from "./secret-store.ts";
import type { ServiceControl } from "./service-control.ts";
import type { ServiceManager } from "./service-manager.ts";
import type { Settings } from "./settings.ts";
import type { StateStore } from "./state-store.ts";
import type { Watchdogs } from "./watchdogs.ts";
import type { WebSocketClient } from "./websocket-client.ts";

/** Everything that looking may ask of the outside; none of it changes anything there. One adapter folder each. */
export interface Ports {
  readonly clock: Clock;
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly foreignSecrets: ForeignSecrets;
  readonly history: History;
  readonly host: Host;
  readonly http: HttpClient;
  readonly identity: DeviceIdentity;
  readonly processes: Processes;
  readonly secrets: SecretStore;
  readonly services: ServiceManager;
  readonly settings: Settings;
  readonly tcp: TcpPorts;
  readonly websockets: WebSocketClient;
}

/** What repairs act with. Probes and stacks never get it, so that detecting cannot change anything. */
export interface ActingPorts {
  readonly changes: FileChanges;
  /** Absent where there is no service manager. */
  readonly control?: ServiceControl;
  readonly ending: ProcessControl;
  readonly journal: Journal;
  readonly locks: Locks;
  readonly state: StateStore;
  readonly watchdogs: Watchdogs;
}

/** What an app is made with. Without `acting` it shows plans and carries out none. */
export interface AppPorts extends Ports {
  readonly acting?: ActingPorts;
}

/** What a probe gets for one run. */
export type ProbeContext = {
  readonly ports: Ports;
  /** Aborts at the check's time-out and when the app stops. */
  readonly signal: AbortSignal;
  /** Tells the redactor a value that must never leave this process. Call it the moment a secret is read. */
  readonly learnSecret: (value: string, kind: string) => void;
  /** Asks for an early run of the named checks, because something was noticed out of turn (the event lane). */
  readonly nudge: (checkIds: readonly string[]) => void;
  /** Reports progress of a long observation, one short line. */
  readonly progress: (text: string) => void;
};
