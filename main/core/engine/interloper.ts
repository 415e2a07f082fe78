import type { Processes, ProcessFacts, TcpListener } from "../ports/machine.ts";

export type InterloperFacts = {
  /** Label of the service unit whose port it is. */
  readonly unitLabel: string;
  /** False when the service manager could not be asked: then nothing can be proved. */
  readonly unitKnown: boolean;
  /** Main process of the unit; absent when it does not run. */
  readonly unitPid?: number;
  readonly unitArgv?: readonly string[];
  /** The listener, the unit's main process, and the parents of both as far as they could be followed: see `lineageOf`. */
  readonly unitProcessTree: readonly ProcessFacts[];
  /** The account we run as, and our own process. */
  readonly user: string;
  readonly ownPid?: number;
};

/**
 * Whose process holds a port that a unit wants. `stranger` may be ended after a person agreed to it by name, and only when
 * `mayEnd`; `stray` is a copy of the unit's own program that the unit did not start. `reasons` are sentences for people.
 */
export type InterloperProof =
  | { readonly kind: "own"; readonly reasons: readonly string[] }
  | {
      readonly kind: "stranger";
      readonly stray: boolean;
      readonly mayEnd: boolean;
      readonly process: { readonly pid: number; readonly name: string; readonly startedMs?: number };
      readonly reasons: readonly string[];
    }
  | { readonly kind: "cannot-tell"; readonly reasons: readonly string[] };

const deepest = 32;

/** A process and its parents up to the first of the machine; shorter when one of them cannot be looked at. */
export async function lineageOf(pid: number, processes: Pick<Processes, "inspect">): Promise<readonly ProcessFacts[]> {
  const line: ProcessFacts[] = [];
  for (let next = pid; next > 0 && line.length < deepest && !line.some((each) => each.pid === next); ) {
    const facts = await processes.inspect(next);
    if (facts === null) break;
    line.push(facts);
    next = facts.ppid;
  }
  return line;
}

/** Proves from facts, and from nothing else, whether the process that holds a port belongs to the unit. In doubt it cannot tell. */
export function proveInterloper(listener: TcpListener, facts: InterloperFacts): InterloperProof {
  const { process } = listener;
  const cannotTell = (...reasons: readonly string[]): InterloperProof => ({ kind: "cannot-tell", reasons });
  if (process === undefined) return cannotTell("It belongs to another account, so it cannot be looked at.");
  const { unitLabel, unitPid, unitKnown, ownPid, unitProcessTree: tree } = facts;
  const above = parentsOf(process.pid, tree);
  if (!unitKnown) return cannotTell("The service manager could not be asked which processes are its own.");
  if (process.pid === unitPid) return { kind: "own", reasons: [`It is the main process of ${unitLabel}.`] };
  if (unitPid !== undefined && above.pids.includes(unitPid))
    return { kind: "own", reasons: [`It was started by process ${unitPid}, the main process of ${unitLabel}.`] };
  if (listener.unit !== undefined && sameUnit(listener.unit, unitLabel))
    return { kind: "own", reasons: [`systemd counts it to ${unitLabel}, wherever its parent is now.`] };
  const rulers = [unitPid, ownPid].flatMap((pid) => (pid === undefined ? [] : parentsOf(pid, tree).pids));
  if (process.pid <= 1 || process.pid === ownPid || rulers.includes(process.pid))
    return cannotTell("Other programs depend on it, the unit or Lamplighter among them; ending it would end them too.");
  if (unitPid !== undefined && !above.complete) return cannotTell("Who started it could not be followed to the end.");
  return stranger(process, listener, facts);
}

function stranger(process: ProcessFacts, listener: TcpListener, facts: InterloperFacts): InterloperProof {
  const { unitLabel, unitPid, unitArgv, user } = facts;
  const stray = unitArgv !== undefined && sameCommand(process.command, unitArgv);
  const apart =
    unitPid === undefined
      ? `${unitLabel} does not run, so it is none of its processes.`
      : `None of its parents is process ${unitPid}, the main process of ${unitLabel}.`;
  const reasons = [
    apart,
    ...(stray ? [`It is a stray copy: the same program with the same arguments as ${unitLabel}, started by somebody else.`] : []),
    ...(listener.unit === undefined ? [] : [`It belongs to another unit, ${listener.unit}, which may start it again.`]),
    ...(process.user === user ? [] : [`It runs as ${process.user}, so this account may not end it.`]),
    ...(process.startedMs === undefined ? ["When it was started is not known, so it cannot be told from a later process."] : []),
  ];
  const { pid, name, startedMs } = process;
  const mayEnd = process.user === user && startedMs !== undefined;
  return { kind: "stranger", stray, mayEnd, process: { pid, name, ...(startedMs === undefined ? {} : { startedMs }) }, reasons };
}

/** Numbers of the parents of a process, nearest first; `complete` when they lead up to the first process of the machine. */
function parentsOf(pid: number, tree: readonly ProcessFacts[]): { readonly pids: readonly number[]; readonly complete: boolean } {
  const pids: number[] = [];
  let facts = tree.find((each) => each.pid === pid);
  while (facts !== undefined && facts.ppid > 0 && !pids.includes(facts.ppid) && pids.length < deepest) {
    const { ppid } = facts;
    pids.push(ppid);
    facts = tree.find((each) => each.pid === ppid);
  }
  // Process 1 has no parent, and neither has what came from outside of our process name space.
  return { pids, complete: facts !== undefined ? facts.ppid <= 0 : pids.at(-1) === 1 };
}

const sameUnit = (unit: string, label: string): boolean => unit === label || unit === `${label}.service`;

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The same program with the same arguments; how its path was written does not count. */
function sameCommand(command: string, argv: readonly string[]): boolean {
  const [program = "", ...rest] = argv;
  const wanted = rest.join(" ");
  const [own = "", ...others] = command.split(" ");
  return program !== "" && lastPart(own) === lastPart(program) && others.join(" ").trim() === wanted.trim();
}
