import type { ServiceEnd } from "../../core/ports/service-manager.ts";

/** Exit codes that systemd itself gives when it cannot even start the program, and two that stacks use on purpose. */
const meanings: Readonly<Record<number, string>> = {
  75: "it asks to be started again",
  78: "its configuration is refused",
  126: "its program may not be executed",
  127: "its program or a program it calls was not found",
  200: "its working directory cannot be entered",
  201: "its priority cannot be set",
  203: "its program cannot be executed",
  205: "a resource limit cannot be set",
  208: "its input cannot be opened",
  209: "its output file cannot be opened",
  210: "its root directory cannot be entered",
  216: "its group is unknown or not allowed",
  217: "its account is unknown or not allowed",
  218: "its capabilities cannot be set",
  219: "its control group cannot be set up",
  226: "its view of the file system cannot be set up",
  233: "its runtime directory cannot be made",
  238: "its state directory cannot be made",
  240: "its log directory cannot be made",
};

/** How a run ended, as the end of a sentence: "with exit code 203 (its program cannot be executed)". */
export function endWords(end: ServiceEnd | undefined): string {
  if (end?.reason === "oom-kill") return "because the system ran out of memory and ended it";
  if (end?.reason === "timeout") return "because it took longer than its time limit allows";
  if (end?.reason === "watchdog") return "because it stopped reporting to its watchdog";
  if (end?.signal !== undefined) return `by ${end.signal}`;
  if (end?.exitCode === undefined) return end?.reason === undefined ? "and systemd does not say how" : `with result ${end.reason}`;
  const meaning = meanings[end.exitCode] ?? (end.exitCode > 128 && end.exitCode < 160 ? "it was told to end" : undefined);
  return `with exit code ${end.exitCode}${meaning === undefined ? "" : ` (${meaning})`}`;
}
