import type { ServiceEnd } from "../../core/ports/service-manager.ts";
import { macosSignal } from "./signal-names.ts";

/** One row of `launchctl list`. */
export type ListedJob = { readonly label: string; readonly pid?: number; readonly lastEnd?: ServiceEnd };

/** The table of `launchctl list`: PID or `-`, the exit code or the negative number of a signal, the label. */
export function parseListTable(text: string): readonly ListedJob[] {
  return text.split("\n").flatMap((line) => {
    const row = /^(-|\d+)\s+(-?\d+)\s+(\S.*)$/.exec(line.trimEnd());
    if (!row) return [];
    const status = Number(row[2]);
    const lastEnd = status < 0 ? { signal: macosSignal(-status) } : { exitCode: status };
    return [{ label: row[3] ?? "", ...(row[1] === "-" ? {} : { pid: Number(row[1]) }), lastEnd }];
  });
}

/** The block of `launchctl list LABEL`. It looks like a property list and is none. */
export type ListedBlock = ListedJob & {
  readonly program?: string;
  readonly argv: readonly string[];
  readonly stdoutPath?: string;
  readonly stderrPath?: string;
  /** launchd's word for a job without KeepAlive. */
  readonly onDemand?: boolean;
};

export function parseListBlock(text: string): ListedBlock | null {
  const value = (key: string): string | undefined => new RegExp(`^\\t"${key}" = "?(.*?)"?;$`, "m").exec(text)?.[1];
  const [, argv = ""] = text.split('\n\t"ProgramArguments" = (\n', 2);
  const [label, pid, status, onDemand] = ["Label", "PID", "LastExitStatus", "OnDemand"].map(value);
  if (label === undefined && status === undefined) return null;
  const optional = Object.entries({
    program: value("Program"),
    stdoutPath: value("StandardOutPath"),
    stderrPath: value("StandardErrorPath"),
  });
  return {
    label: label ?? "",
    argv: [...(argv.split("\n\t);", 1)[0] ?? "").matchAll(/^\t\t"(.*)";$/gm)].map((match) => match[1] ?? ""),
    ...(pid === undefined ? {} : { pid: Number(pid) }),
    ...(status === undefined ? {} : { lastEnd: decodeWaitStatus(Number(status)) }),
    ...(onDemand === undefined ? {} : { onDemand: onDemand === "true" }),
    ...Object.fromEntries(optional.filter(([, each]) => each !== undefined)),
  };
}

/** `LastExitStatus` is what the kernel's wait returns: a signal in the low seven bits, else the exit code above them. */
export function decodeWaitStatus(status: number): ServiceEnd {
  const signal = status & 0x7f;
  return signal === 0 ? { exitCode: (status >> 8) & 0xff } : { signal: macosSignal(signal) };
}
