import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { calmFlags } from "../../build/scripts/ensure.mjs";
import type { HostileHome } from "./hostile-home.ts";

const program = fileURLToPath(new URL("./hostile-child.ts", import.meta.url));

export type HostileSeen = { readonly light: string; readonly sentence: string; readonly summaries: readonly string[] };

/** What watching or looking cost a process of its own, told after everything was stopped. */
export type HostileCost = {
  /** Every light it had. */
  readonly lights: readonly string[];
  /** Snapshots that were told. */
  readonly told: number;
  /** Highest memory of the process beyond that after loading, megabytes; what only waits for the collector is part of it. */
  readonly peakMb: number;
  /** What is still reachable at the end, megabytes. */
  readonly heldMb: number;
  /** Longest time in which the process could do nothing else, milliseconds. */
  readonly blockedMs: number;
  /** How long the stop took, milliseconds. */
  readonly stoppedMs: number;
  /** Sockets, timers and the like that are still open after the stop. */
  readonly left: readonly string[];
  readonly children: number;
  readonly surprises: readonly string[];
};

export type ToChild = "watch" | "look" | "see" | "again" | "hold" | "end";
export type FromChild =
  | { readonly kind: "seen"; readonly seen: HostileSeen }
  | { readonly kind: "held"; readonly heldMb: number }
  | { readonly kind: "ended"; readonly cost: HostileCost }
  | { readonly kind: "failed"; readonly why: string };

/** A process of its own with the flags of the real program, which does one thing after the other. */
export type HostileRun = {
  /** Starts watching; resolves once every check has answered, or after two seconds. */
  watch(): Promise<HostileSeen>;
  /** A single look by an app of its own. */
  look(): Promise<HostileSeen>;
  /** What is watched, as it is now. */
  see(): Promise<HostileSeen>;
  /** Looks for the stack and at everything again, as somebody asks for who has just repaired it. */
  again(): Promise<HostileSeen>;
  /** Looks at what is watched until it is as wanted, for at most `timeoutMs`; gives the last. */
  seeUntil(isWanted: (seen: HostileSeen) => boolean, timeoutMs?: number): Promise<HostileSeen>;
  /** Memory that is still reachable, megabytes. */
  held(): Promise<number>;
  /** Stops what is watched, and then the process. */
  end(): Promise<HostileCost>;
  /** Ends the process whatever it does. */
  kill(): void;
};

export function startRun(home: Pick<HostileHome, "env">): HostileRun {
  const child = fork(program, [], {
    execArgv: [...calmFlags, "--expose-gc"],
    env: { ...home.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let complaint = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.on("data", (piece: Buffer) => {
      complaint += piece.toString();
    });
  }
  const ask = async (what: ToChild): Promise<FromChild> => {
    const over = new AbortController();
    const answer = once(child, "message", { signal: over.signal }).then(([said]) => said as FromChild);
    const gone = once(child, "exit", { signal: over.signal }).then((how) => {
      throw new Error(`The process ended with ${how.join(" ")} instead of an answer to ${what}:\n${complaint}`);
    });
    child.send(what);
    const said = await Promise.race([answer, gone]).finally(() => {
      over.abort();
      void answer.catch(() => {});
      void gone.catch(() => {});
    });
    if (said.kind === "failed") throw new Error(said.why);
    return said;
  };
  const seen = async (what: ToChild): Promise<HostileSeen> => {
    const said = await ask(what);
    if (said.kind !== "seen") throw new Error(`${said.kind} instead of what was seen`);
    return said.seen;
  };
  return {
    watch: () => seen("watch"),
    look: () => seen("look"),
    see: () => seen("see"),
    again: () => seen("again"),
    seeUntil: async (isWanted, timeoutMs = 20_000) => {
      const endMs = performance.now() + timeoutMs;
      for (;;) {
        const now = await seen("see");
        if (isWanted(now) || performance.now() > endMs) return now;
        await wait(100);
      }
    },
    held: async () => {
      const said = await ask("hold");
      if (said.kind !== "held") throw new Error(`${said.kind} instead of the memory`);
      return said.heldMb;
    },
    end: async () => {
      const gone = once(child, "exit");
      const said = await ask("end");
      if (said.kind !== "ended") throw new Error(`${said.kind} instead of the end`);
      await gone;
      return said.cost;
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
