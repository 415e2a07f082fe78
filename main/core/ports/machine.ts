/** A process as the system sees it. `command` may hold secrets: redact before showing. Times in epoch milliseconds. */
export type ProcessFacts = {
  readonly pid: number;
  readonly ppid: number;
  readonly user: string;
  readonly name: string;
  readonly command: string;
  /** `stopped` is SIGSTOP or a debugger: alive, but frozen. */
  readonly state: "running" | "sleeping" | "stopped" | "zombie" | "unknown";
  readonly startedMs?: number;
  readonly rssBytes?: number;
};

export interface Processes {
  inspect(pid: number): Promise<ProcessFacts | null>;
  /** Processes whose full command line matches, at most 50. */
  find(matches: RegExp): Promise<readonly ProcessFacts[]>;
}

export type TcpConnect =
  | { readonly kind: "open"; readonly durationMs: number }
  | { readonly kind: "refused" | "timed-out" | "unreachable" | "dns-failed"; readonly reason: string };

/** A listener on a TCP port. `pid` is absent when the socket belongs to another account and we may not look. */
export type TcpListener = {
  readonly address: string;
  readonly port: number;
  readonly pid?: number;
  readonly process?: ProcessFacts;
  /** Name of the process that started it, or that took it over when that one ended. */
  readonly parentName?: string;
  /** When it was started by this machine's clock and time zone: `09:12`, on another day `Nov 20, 09:12`. */
  readonly since?: string;
  /** systemd unit whose control group it is in, wherever its parent is now (Linux). */
  readonly unit?: string;
};

export interface TcpPorts {
  connect(host: string, port: number, timeoutMs: number): Promise<TcpConnect>;
  /** Who listens on the port, one entry per address. An empty list means nobody visible. */
  listeners(port: number): Promise<readonly TcpListener[]>;
}

export type HostFacts = {
  readonly memory: {
    readonly totalBytes: number;
    readonly availableBytes: number;
    readonly swapTotalBytes: number;
    readonly swapUsedBytes: number;
    /** Share of the last ten seconds in which some task waited for memory, percent (Linux PSI); absent elsewhere. */
    readonly stallPercent?: number;
    /** macOS memorystatus level: 1 normal, 2 warning, 4 critical; absent elsewhere. */
    readonly pressureLevel?: number;
  };
  readonly load1: number;
  readonly cpuCount: number;
  readonly bootedMs: number;
  /** Clock discipline as the system reports it; absent when it does not say. */
  readonly clockSynchronised?: boolean;
};

export type DiskFacts = {
  readonly path: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly freeInodesPercent?: number;
};

export interface Host {
  facts(): Promise<HostFacts>;
  /** Space of the file system that holds the path; null when the path does not exist. */
  disk(path: string): Promise<DiskFacts | null>;
  /** Addresses of this machine's interfaces. */
  addresses(): Promise<
    readonly { readonly interface: string; readonly address: string; readonly internal: boolean; readonly family: "ipv4" | "ipv6" }[]
  >;
}

/** Where and as whom we run; fixed for the life of the process. */
export interface Environment {
  readonly platform: "macos" | "linux" | "other";
  readonly home: string;
  readonly user: string;
  readonly uid: number;
  readonly tempDir: string;
  readonly pathDirs: readonly string[];
  /** The host name as the machine calls itself. */
  readonly hostName: string;
  variable(name: string): string | undefined;
}
