import { constants } from "node:os";

/** macOS numbers; they differ from Linux above 6. Wherever we run, what launchd prints is counted this way. */
const macosSignals: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  8: "SIGFPE",
  9: "SIGKILL",
  10: "SIGBUS",
  11: "SIGSEGV",
  12: "SIGSYS",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
  24: "SIGXCPU",
  25: "SIGXFSZ",
  30: "SIGUSR1",
  31: "SIGUSR2",
};

// Some numbers have an older second name (SIGIOT, SIGPOLL); the first one is the one people know.
const ownSignals = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** Name of a signal by the number launchd uses; an unknown one is shown by its number. */
export const macosSignal = (number: number): string => macosSignals[number] ?? `signal ${number}`;

/** Name of a signal by this machine's own number, as systemd uses it. */
export const ownSignal = (number: number): string => ownSignals.get(number) ?? `signal ${number}`;
