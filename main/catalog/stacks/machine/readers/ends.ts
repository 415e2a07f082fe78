import { codes, type MachineCode } from "../codes.ts";

/** Ends at which the program never came to run: EX_CONFIG, not executable, not found. */
const spawnExits = new Set([78, 126, 127]);
/** Ends a program has when it was asked to go: 0, and 128 plus SIGINT or SIGTERM. 137 is not among them. */
const politeExits = new Set([0, 130, 143]);
const politeSignals = new Set([1, 2, 15]);

/** What an exit code above zero stands for; undefined for a polite end. Confidence falls with how much else it may mean. */
export function readExit(exit: number): { readonly code: MachineCode; readonly confidence: number } | undefined {
  if (politeExits.has(exit)) return undefined;
  if (spawnExits.has(exit)) return { code: codes.spawnFailed, confidence: 0.85 };
  if (exit === 137) return { code: codes.memoryKilled, confidence: 0.6 };
  return { code: codes.crashLoop, confidence: 0.65 };
}

/** What a signal number stands for; undefined for a polite end. SIGKILL at a start is how macOS ends a program whose code changed. */
export function readSignal(signal: number): { readonly code: MachineCode; readonly confidence: number } | undefined {
  if (politeSignals.has(signal)) return undefined;
  return signal === 9 ? { code: codes.codeIdentity, confidence: 0.55 } : { code: codes.crashLoop, confidence: 0.75 };
}
