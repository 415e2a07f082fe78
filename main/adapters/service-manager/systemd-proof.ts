import type { ServiceAction } from "../../core/model/plan.ts";
import type { ServiceActed } from "../../core/ports/service-control.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { type AwaitOptions, awaitReading, awaitRunning, type Loaded, type Settled } from "./await-unit.ts";
import { endWords } from "./end-words.ts";
import { isDown } from "./systemd-recipe.ts";
import type { Refusal } from "./systemd-refusal.ts";

export type Proof = AwaitOptions & {
  readonly action: ServiceAction;
  readonly before: ServiceReading;
  readonly settleMs: number;
  readonly lastLines: (label: string, lines: number) => Promise<readonly string[]>;
  /** The unit's type, such as `simple` or `oneshot`. */
  readonly typeOf: (unit: string) => Promise<string>;
  /** What the order itself was refused with; the reading afterwards may say more. */
  readonly refusal?: Refusal;
};

/** Looks at a unit after an order until the reading shows what came of it. */
export async function proveAction(proof: Proof): Promise<ServiceActed> {
  const { action, refusal } = proof;
  if (refusal) return explainRefusal(proof, refusal);
  if (action === "stop") return proveStopped(proof);
  if (["load", "start", "restart", "reload"].includes(action)) return proveRunning(proof);
  return proveSetting(proof);
}

async function explainRefusal(proof: Proof, refusal: Refusal): Promise<ServiceActed> {
  const reading = await proof.manager.read(proof.unit);
  const fell = reading.kind === "loaded" && (reading.state === "failed" || reading.state === "waiting-to-restart");
  if (!fell || !/did not start|failed too often/.test(refusal.meaning)) return refusal;
  return { ...refusal, meaning: `${refusal.meaning} Its last run ended ${endWords(reading.lastEnd)}.${await quoted(proof)}` };
}

async function proveRunning(proof: Proof): Promise<ServiceActed> {
  const { unit } = proof;
  const settled = await awaitRunning(proof);
  switch (settled.kind) {
    case "runs": {
      const { pid } = settled.reading;
      const isSame = proof.before.kind === "loaded" && proof.before.pid !== undefined && proof.before.pid === pid;
      if (isSame && proof.action !== "load") return late(proof, settled.reading);
      return {
        kind: "done",
        detail: `${unit} runs${pid === undefined ? "" : ` as process ${pid}`}.`,
        ...(pid === undefined ? {} : { pid }),
      };
    }
    case "ended":
      return endedCleanly(proof, settled.reading);
    case "died":
      return died(proof, settled.reading);
    case "cancelled":
      return { kind: "cancelled", detail: `systemd took the order; whether ${unit} keeps running was not awaited.` };
    default:
      return late(proof, settled.reading);
  }
}

/** A unit of the kind that does one thing and ends is done when it has ended. */
async function endedCleanly(proof: Proof, reading: Loaded): Promise<ServiceActed> {
  const { unit } = proof;
  const isActive = reading.rawState.startsWith("active/");
  if (isActive || !unit.endsWith(".service") || (await proof.typeOf(unit)) === "oneshot")
    return { kind: "done", detail: isActive ? `${unit} is active.` : `${unit} ran and ended well.` };
  // systemd soon forgets a unit that ended well, and how it ended with it.
  return died(proof, { ...reading, lastEnd: reading.lastEnd ?? { exitCode: 0 } });
}

async function died(proof: Proof, reading: Loaded): Promise<ServiceActed> {
  const meaning = `${proof.unit} was started and ended again at once, ${endWords(reading.lastEnd)}.${await quoted(proof)}`;
  const loops = reading.state === "waiting-to-restart" || reading.state === "running";
  const next = loops
    ? "systemd will go on starting it. Mend what its last lines name, or stop it until then."
    : "Mend what its last lines name, then start it again.";
  return { kind: "failed", meaning, next };
}

/** What the program itself said counts most; where it said nothing, what systemd says about it. */
async function quoted({ unit, lastLines }: Proof): Promise<string> {
  const all = await lastLines(unit, 12);
  const own = all.filter((line) => !line.startsWith(`${unit}: `) && !/^(?:Start|Stopp|Failed to start)\w* /.test(line));
  const lines = (own.length > 0 ? own : all).slice(-3).map((line) => `“${line.slice(0, 200)}”`);
  return lines.length === 0 ? "" : ` Its last lines: ${lines.join(" ")}`;
}

async function proveStopped(proof: Proof): Promise<ServiceActed> {
  const { unit } = proof;
  const settled = await awaitReading(proof, (reading) => reading.kind === "not-installed" || isDown(reading));
  if (settled.kind === "cancelled") return { kind: "cancelled", detail: `systemd took the order to stop ${unit}.` };
  if (settled.kind === "late") return late(proof, settled.reading);
  const { reading } = settled;
  // A program that answers SIGTERM with a code of its own looks failed, and was stopped all the same.
  const odd =
    reading.kind === "loaded" && reading.state === "failed"
      ? ` systemd calls it failed, because it ended ${endWords(reading.lastEnd)}.`
      : "";
  return { kind: "done", detail: `${unit} is stopped.${odd}` };
}

const settings: Readonly<Partial<Record<ServiceAction, { readonly shown: (reading: ServiceReading) => boolean; readonly words: string }>>> =
  {
    enable: { shown: (reading) => reading.kind === "loaded" && reading.enabled === true, words: "starts by itself from now on" },
    disable: { shown: (reading) => reading.kind !== "loaded" || reading.enabled !== true, words: "does not start by itself any more" },
    "reset-failed": {
      shown: (reading) => reading.kind !== "loaded" || reading.state !== "failed",
      words: "has no failures counted any more",
    },
    "read-definitions": { shown: (reading) => reading.kind !== "loaded" || reading.needsReload !== true, words: "was read anew" },
  };

async function proveSetting(proof: Proof): Promise<ServiceActed> {
  const { unit, action } = proof;
  const wanted = settings[action];
  const settled: Settled = await awaitReading(proof, (reading) => wanted?.shown(reading) ?? true);
  if (settled.kind === "cancelled") return { kind: "cancelled", detail: `systemd took the order about ${unit}.` };
  if (settled.kind === "late") return late(proof, settled.reading);
  const refusal = settled.kind === "reached" && settled.reading.kind === "not-loaded" ? settled.reading.refusal : undefined;
  if (action === "read-definitions" && refusal !== undefined)
    return {
      kind: "failed",
      meaning: `systemd read the definitions and refuses that of ${unit}: ${refusal}`,
      next: "Correct the definition, then let systemd read it again.",
    };
  return { kind: "done", detail: `${unit} ${wanted?.words ?? "is as it should be"}.` };
}

function late({ unit, patienceMs }: Proof, reading: ServiceReading): ServiceActed {
  const now = reading.kind === "loaded" ? reading.rawState : reading.kind;
  return { kind: "timed-out", detail: `systemd took the order, but ${unit} is still ${now} after ${Math.round(patienceMs / 1000)} s.` };
}
