export type ServiceManagerKind = "launchd" | "systemd" | "none";

/** How the last run of a service unit ended. `reason` keeps the manager's own words (OS_REASON_CODESIGNING, exit-code…). */
export type ServiceEnd = {
  readonly exitCode?: number;
  readonly signal?: string;
  readonly reason?: string;
};

/**
 * One reading of a service unit. A single reading says what is, not what will be: crash loops need two (`runs` rising).
 * `unknown` means the manager itself could not be asked (no user bus, no GUI session): that is not "down".
 */
export type ServiceReading =
  | { readonly kind: "not-installed" }
  | {
      readonly kind: "not-loaded";
      readonly definitionPath: string;
      readonly disabled: boolean;
      /** The manager's own words when it refuses the definition. */
      readonly refusal?: string;
      /** What is wrong with the definition, one sentence each, whether or not the manager refuses it for that. */
      readonly definitionFaults?: readonly string[];
    }
  | {
      readonly kind: "unknown";
      readonly reason: "no-manager" | "no-session" | "no-bus" | "denied" | "timed-out" | "unreadable";
      readonly detail: string;
    }
  | {
      readonly kind: "loaded";
      /** `starting` includes launchd's xpcproxy/spawning; `waiting-to-restart` is launchd's spawn scheduled and systemd's auto-restart. */
      readonly state: "running" | "starting" | "stopping" | "waiting-to-restart" | "stopped" | "failed" | "unrecognised";
      readonly rawState: string;
      readonly pid?: number;
      /** launchd `runs`, systemd `NRestarts`: only its change between readings means anything. */
      readonly runs?: number;
      readonly lastEnd?: ServiceEnd;
      /** Restarted on any end, on failure only, or never. Undefined when the manager does not say. */
      readonly keepAlive?: "always" | "on-failure" | "never";
      readonly runAtLoad?: boolean;
      /** Interval, calendar or path triggered: not running between triggers is normal. */
      readonly onDemand?: boolean;
      readonly enabled?: boolean;
      /** systemd gave up restarting (start limit), or the result says so. */
      readonly gaveUp?: boolean;
      readonly needsReload?: boolean;
      readonly definitionPath?: string;
      readonly argv?: readonly string[];
      readonly workingDirectory?: string;
      /** Names of environment variables set by the definition; values are secrets and stay with the manager. */
      readonly environmentNames?: readonly string[];
      readonly stdoutPath?: string;
      readonly stderrPath?: string;
      /** Seconds the manager waits between starts (ThrottleInterval, RestartSec). */
      readonly throttleSeconds?: number;
      /** While it waits to be started again: at most this long until the next try, milliseconds. */
      readonly nextTryMs?: number;
      /** In what the definition on disk differs from what the manager holds, such as `the working directory`. */
      readonly drift?: readonly string[];
      /** What is wrong with the definition on disk, one sentence each. */
      readonly definitionFaults?: readonly string[];
      /** Epoch milliseconds of the current state, when the manager tells. */
      readonly sinceMs?: number;
    };

/** A service unit as listed by the manager. `system` is the machine-wide manager, `user` the account's own. */
export type ServiceListing = {
  readonly label: string;
  readonly scope: "user" | "system";
  readonly definitionPath?: string;
  readonly argv?: readonly string[];
};

export type LingerReading = "on" | "off" | "not-applicable" | "unknown";

/** Reading side of launchd or systemd. Never changes anything. */
export interface ServiceManager {
  readonly kind: ServiceManagerKind;
  read(label: string, options?: { readonly timeoutMs?: number }): Promise<ServiceReading>;
  /** Definitions whose label or argv matches; looks in the account's and the machine's folders. */
  find(matches: RegExp): Promise<readonly ServiceListing[]>;
  /** One value of the definition's environment, for comparing secrets by fingerprint. Null when absent. */
  environmentValue(label: string, name: string): Promise<string | null>;
  /** Whether user units outlive the last logout (systemd only). */
  linger(): Promise<LingerReading>;
}
