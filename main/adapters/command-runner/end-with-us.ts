import { maySignal } from "./may-signal.ts";

/** Leaders of the process groups that run on our behalf. */
const leaders = new Set<number>();
let isListening = false;

function endAll(): void {
  for (const leader of leaders) {
    try {
      process.kill(-leader, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

/**
 * Takes a process group into our own end: should this process exit before the group does, whatever the group thinks of being asked,
 * it is killed. Returns the way to let go of it. A number that names no group is passed over.
 */
export function endWithUs(leader: number): () => void {
  if (!maySignal(leader)) return () => {};
  leaders.add(leader);
  if (!isListening) process.once("exit", endAll);
  isListening = true;
  return () => void leaders.delete(leader);
}
