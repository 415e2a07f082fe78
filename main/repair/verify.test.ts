import { describe, expect, it } from "vitest";
import { actingOn, newDisk } from "../../tests/support/acting-double.ts";
import { tinyPorts } from "../../tests/support/tiny-stack.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import type { Check } from "../core/model/check.ts";
import type { Finding } from "../core/model/finding.ts";
import type { Light } from "../core/model/light.ts";
import type { PlannedEffect } from "../core/model/plan.ts";
import type { RepairRun } from "../core/model/receipt.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";
import type { RunRecord } from "./run-record.ts";
import { RunningRepair } from "./running-repair.ts";
import type { Site } from "./site.ts";
import { proofsOf, verify } from "./verify.ts";

const check = (id: string, over: Partial<Check> = {}): Check => ({
  id,
  title: `Check ${id}`,
  lane: "poll",
  everyMs: 1,
  timeoutMs: 1,
  drivesLight: true,
  probe: "puppet",
  observe: async () => undefined,
  judge: () => ({ light: "green", summary: "" }),
  ...over,
});

type Scene = {
  readonly checks?: readonly Check[];
  readonly rechecks?: readonly string[];
  readonly proofs?: readonly string[];
  readonly raisedBy?: readonly string[];
  /** Lights of the checks at each look; the last one stays. */
  readonly looks?: readonly Readonly<Record<string, Light>>[];
  readonly hasFinding?: (look: number) => boolean;
  readonly personWants?: "running" | "stopped";
  readonly unit?: (look: number) => ServiceReading;
  /** Checks whose part is not there. */
  readonly absent?: readonly string[];
  /** What is still wrong with the stack, apart from the finding. */
  readonly leftOver?: string;
};

const finding: Finding = {
  code: "pigeon.part.broken",
  symptoms: [],
  light: "red",
  state: "hard",
  title: "It is broken",
  detail: "",
  evidence: [],
  root: true,
  followers: [],
  ruledOut: [],
  remedies: [],
  since: 0,
};

function scene(given: Scene) {
  const clock = manualClock();
  let looked = 0;
  const now = (): Readonly<Record<string, Light>> => given.looks?.[Math.min(looked, given.looks.length) - 1] ?? {};
  const site: Site = {
    id: "pigeon",
    title: "Pigeon",
    kinds: [],
    get present() {
      return {
        light: given.leftOver === undefined ? ("green" as const) : ("red" as const),
        sentence: given.leftOver ?? "Pigeon works",
        findings: given.hasFinding?.(looked) === true ? [finding] : [],
      };
    },
    checks: given.checks ?? [check("a"), check("b"), check("c")],
    targets: [
      {
        label: "pigeon",
        title: "Pigeon",
        ports: [],
        words: [],
        bootGraceMs: 1,
        unit: () => undefined,
        works: () => undefined,
        proofs: given.proofs ?? [],
      },
    ],
    facts: { nowMs: 0, of: () => undefined, past: () => [] },
    intent: undefined,
    sees: () => true,
    answeredAt: () => undefined,
    raisedBy: () => given.raisedBy ?? [],
    remedyFor: () => undefined,
    lampOf: (id) => now()[id] ?? "grey",
    applies: (id) => given.absent?.includes(id) !== true,
    lookAt: async () => undefined,
    lookAgain: async () => {
      looked += 1;
    },
    intend: () => {},
  };
  const effects = (given.rechecks ?? []).map((id): PlannedEffect => ({ effect: { do: "recheck", check: id }, preview: "", risk: "safe" }));
  const run: RepairRun = {
    id: "r",
    stack: "pigeon",
    code: "pigeon.part.broken",
    remedy: "mend",
    title: "Mend",
    risk: "safe",
    state: "verifying",
    steps: [],
    startedMs: 0,
    before: { light: "red", sentence: "", at: 0 },
    sentence: "",
    verifiedBy: [],
    undo: "not-needed",
  };
  const plan = { code: run.code, remedy: "mend", title: "Mend", risk: "safe" as const, interrupts: "", undo: "", verify: "", effects };
  const record: RunRecord = {
    run,
    plan,
    labels: ["pigeon.service"],
    files: [],
    restarts: [],
    ...(given.personWants === undefined ? {} : { personWants: given.personWants }),
  };
  const repair = new RunningRepair(record, { clock, clean: (value) => value, save: async () => {}, tell: () => {} });
  const services = {
    kind: "systemd" as const,
    read: async (): Promise<ServiceReading> => {
      looked += given.personWants === "stopped" ? 1 : 0;
      return given.unit?.(looked) ?? { kind: "not-installed" };
    },
    find: async () => [],
    environmentValue: async () => null,
    linger: async () => "on" as const,
  };
  const looking = { repair, site, ports: tinyPorts(clock, { services }), acting: actingOn(newDisk(), clock), bootMs: 0 };
  const prove = async (bootMs = 0) => {
    const proof = verify({ ...looking, bootMs }, proofsOf(looking), () => {});
    await clock.advance(600_000);
    return { ...(await proof), looks: looked };
  };
  return { proofs: () => proofsOf(looking), prove };
}

describe("what can prove a repair", () => {
  it("is what the plan looks at and what proves the unit, not the look that raised the finding", () => {
    expect(scene({ rechecks: ["a"], proofs: ["b", "a"], raisedBy: ["a"] }).proofs()).toEqual(["b"]);
  });

  it("is the raising look when there is no other", () => {
    expect(scene({ checks: [check("a")], rechecks: ["a"], raisedBy: ["a"] }).proofs()).toEqual(["a"]);
  });

  it("is every lamp when nothing is named, but no note, no slow look and nothing that is not there", () => {
    const checks = [check("a"), check("b", { drivesLight: false }), check("deep", { lane: "deep" })];
    expect(scene({ checks, rechecks: ["deep", "gone"] }).proofs()).toEqual(["a"]);
    expect(scene({ checks: [check("deep", { lane: "deep" })] }).proofs()).toEqual([]);
  });

  it("is another lamp rather than the one look that raised it", () => {
    expect(scene({ rechecks: ["a"], raisedBy: ["a"] }).proofs()).toEqual(["b", "c"]);
  });
});

describe("proving", () => {
  it("needs two good looks in a row", async () => {
    const good = { a: "green" } as const;
    const flapping = [good, { a: "red" } as const, good, good];
    expect(await scene({ rechecks: ["a"], looks: flapping }).prove()).toMatchObject({ ok: true, verifiedBy: ["Check a"], looks: 4 });
    expect(await scene({ rechecks: ["a"], looks: [good] }).prove()).toMatchObject({ ok: true, looks: 2 });
  });

  it("needs the finding to be gone as well", async () => {
    const good = { a: "green" } as const;
    expect(await scene({ rechecks: ["a"], looks: [good], hasFinding: (look) => look < 4 }).prove()).toMatchObject({ ok: true, looks: 4 });
    expect(await scene({ rechecks: ["a"], looks: [good], hasFinding: () => true }).prove()).toMatchObject({
      ok: false,
      reason: '"It is broken" is still seen',
    });
  });

  it("gives a unit that boots the time it usually takes, and not for ever", async () => {
    const booting = [...Array.from({ length: 30 }, () => ({ a: "red" }) as const), { a: "green" } as const];
    expect(await scene({ rechecks: ["a"], looks: booting }).prove(0)).toMatchObject({ ok: false, reason: "Check a is red" });
    expect(await scene({ rechecks: ["a"], looks: booting }).prove(120_000)).toMatchObject({ ok: true });
  });

  it("takes what is not known for no proof", async () => {
    expect(await scene({ rechecks: ["a"], looks: [{ a: "grey" }] }).prove()).toMatchObject({ ok: false, reason: "Check a is not known" });
    expect(await scene({ checks: [] }).prove()).toMatchObject({ ok: false, reason: "nothing here can prove it" });
  });

  it("asks nothing of a look whose part is not there, and proves nothing by it", async () => {
    const looks = [{ a: "green", b: "grey" } as const];
    expect(await scene({ rechecks: ["a", "b"], looks, absent: ["b"] }).prove()).toMatchObject({ ok: true, verifiedBy: ["Check a"] });
    expect(await scene({ rechecks: ["a"], looks, absent: ["a"] }).prove()).toMatchObject({
      ok: false,
      reason: "nothing here can prove it",
    });
  });

  it("says what is still wrong when the repair did its part", async () => {
    const good = { a: "green" } as const;
    expect(await scene({ rechecks: ["a"], looks: [good], leftOver: "Its disk is full" }).prove()).toMatchObject({
      ok: true,
      reason: '"Mend" did its part, proved by Check a. Still there: Its disk is full',
    });
    expect(await scene({ rechecks: ["a"], looks: [good] }).prove()).toMatchObject({ reason: "Pigeon works; proved by Check a" });
  });

  it("takes a stop for done only when the unit no longer runs", async () => {
    const state = (name: "running" | "stopping" | "stopped", pid?: number): ServiceReading => ({
      kind: "loaded",
      state: name,
      rawState: name,
      ...(pid === undefined ? {} : { pid }),
    });
    const stopping = (look: number) => (look < 3 ? state("stopping", 7) : state("stopped"));
    expect(await scene({ personWants: "stopped", unit: stopping }).prove()).toMatchObject({
      ok: true,
      reason: "Pigeon is stopped, as you wanted",
    });
    expect(await scene({ personWants: "stopped", unit: () => state("running", 7) }).prove()).toMatchObject({ ok: false });
    const unknown: ServiceReading = { kind: "unknown", reason: "no-bus", detail: "" };
    expect(await scene({ personWants: "stopped", unit: () => unknown }).prove()).toMatchObject({ ok: false });
  });
});
