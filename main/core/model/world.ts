import type { HttpAnswer } from "../ports/http-client.ts";
import type { DiskFacts, HostFacts, ProcessFacts } from "../ports/machine.ts";
import type { LingerReading, ServiceListing, ServiceManagerKind, ServiceReading } from "../ports/service-manager.ts";
import type { WebSocketClose } from "../ports/websocket-client.ts";
import type { ForeignWatchdog } from "./plan.ts";

/** The other end of a WebSocket in an invented world. `answer` gets each frame we send. */
export type WebSocketPeer = {
  readonly greet: readonly string[];
  answer(text: string): { readonly send: readonly string[]; readonly close?: WebSocketClose };
};

export type WorldFile = { readonly text: string; readonly mode?: number; readonly modifiedMs?: number; readonly uid?: number };

/** One start of a unit in an invented world. `startedMs` is epoch milliseconds; `rewritten`: its definition was written anew for it. */
export type InventedStart = { readonly startedMs: number; readonly pid: number; readonly rewritten: boolean };

/** What becomes so with a start. A function also knows the world as it was right before; undefined: the unit ends again at once. */
export type AfterStart = Partial<World> | ((start: InventedStart, before: World) => Partial<World> | undefined);

/** What an invented program says. */
type Said = { readonly exitCode?: number; readonly stdout?: string; readonly stderr?: string };

/**
 * A complete invented outside, as data: what the fake adapters answer from. Demo scenarios and scenario tests are worlds.
 * `hang` never answers; the caller's own time-out must end it.
 */
export type World = {
  readonly platform: "macos" | "linux";
  readonly home: string;
  readonly user: string;
  readonly uid: number;
  readonly hostName: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, WorldFile>>;
  /** Folders that are there and that the account may not look into. */
  readonly barred?: readonly string[];
  /** Symbolic links that lead nowhere, with what they name. */
  readonly danglingLinks?: Readonly<Record<string, string>>;
  readonly serviceManager: ServiceManagerKind;
  readonly services: Readonly<Record<string, ServiceReading>>;
  readonly serviceEnvironment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly listings?: readonly ServiceListing[];
  readonly linger?: LingerReading;
  /**
   * What becomes so once the unit with this label was started or loaded anew. A unit that fails starts only if it is named here, or
   * if what kept it down is that it must be loaded anew; any other one just runs.
   */
  readonly afterStart?: Readonly<Record<string, AfterStart>>;
  /** What else on this machine restarts things. Each means the targets that its evidence names. */
  readonly watchdogs?: readonly ForeignWatchdog[];
  readonly processes: readonly ProcessFacts[];
  /** Host `*` answers for every address. */
  readonly listeners: readonly { readonly address: string; readonly port: number; readonly pid?: number }[];
  /** Key: method, space, URL without query. A missing key with a listener on the port is a 404, without one it is refused. */
  readonly http: Readonly<Record<string, HttpAnswer | "hang">>;
  /** Key: URL without query. A missing key is refused. */
  readonly websockets: Readonly<Record<string, WebSocketPeer | "hang" | { readonly rejectedWith: number; readonly body: string }>>;
  /** First entry whose `argv` is a prefix of what is run; a program without an entry is not found. */
  readonly commands: readonly (Said & {
    readonly argv: readonly string[];
    readonly takesMs?: number;
    /** Says this instead, about the world as it then is. */
    readonly says?: (now: World) => Said;
    /** Starts this unit anew when it ends well; `rewrites`: after writing its definition. */
    readonly starts?: { readonly label: string; readonly rewrites?: boolean };
  })[];
  readonly host: HostFacts;
  readonly disks: Readonly<Record<string, DiskFacts>>;
  /** Items that other tools keep in the keyring. Key: service, slash, account. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Whether the keyring can be used (default `open`). */
  readonly secretStore?: "open" | "locked" | "unavailable";
};

/** A named invented system. `world` gives the outside as it is `elapsedMs` after the scenario started at `startMs`. */
export type Scenario = {
  readonly id: string;
  readonly title: string;
  world(elapsedMs: number, startMs: number): World;
};
