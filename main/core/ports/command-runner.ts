export type CommandRequest = {
  /** Absolute path, or a bare name that is looked up on PATH. Never a shell string. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to a minimal environment (PATH, HOME, LANG, USER, TMPDIR, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS). */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Bytes kept per stream (default 1048576). */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
};

export type CommandOutcome =
  | {
      readonly kind: "exited";
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
      readonly truncated: boolean;
      readonly durationMs: number;
    }
  | { readonly kind: "killed"; readonly signal: string; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: "timed-out" | "cancelled"; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: "not-found" | "not-executable"; readonly reason: string };

/** Runs a program without a shell. On time-out and cancel the whole process tree ends before the call returns. */
export interface CommandRunner {
  run(request: CommandRequest): Promise<CommandOutcome>;
  /** Absolute path of a program on PATH or in one of `extraDirs`; null when there is none. */
  locate(name: string, extraDirs?: readonly string[]): Promise<string | null>;
  /** Every match, in PATH order, without duplicates of the same real file. */
  locateAll(name: string, extraDirs?: readonly string[]): Promise<readonly string[]>;
}
