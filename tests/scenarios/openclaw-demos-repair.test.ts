import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { createApp } from "../../main/app.ts";
import { demos } from "../../main/catalog/stacks/openclaw/demos/index.ts";
import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import { ownState, running, startMs } from "../support/openclaw-faults-look.ts";

type Hands = {
  state(): Promise<StackState>;
  pass(ms: number): Promise<void>;
  plan(code: string, remedy: string): Promise<Plan>;
  /** Runs it to its end, or to the first thing that a person has to do; a confirmation is given. */
  run(code: string, remedy: string): Promise<RepairRun>;
  readonly ports: ReturnType<typeof worldPorts>;
  readonly told: () => string;
};

/** A person with one demo, which has been watched for half a minute, so that what is found is believed. */
async function inHand(id: string, use: (hands: Hands) => Promise<void>): Promise<void> {
  const demo = demos.find((one) => one.id === id);
  if (demo === undefined) throw new Error(`There is no scenario ${id}`);
  const clock = manualClock(startMs);
  const ports = worldPorts(
    () => {
      const world = demo.world(clock.nowMs() - startMs, startMs);
      // Programs of an invented world take their time on the machine's own clock.
      return { ...world, commands: world.commands.map((one) => ({ ...one, takesMs: 0 })) };
    },
    { clock },
  );
  const app = createApp({ ports, stacks: [openclaw], mode: "watch" });
  const told: string[] = [];
  app.on("repairProgress", (run) => told.push(JSON.stringify(run)));
  const wait = <T>(call: Promise<T>): Promise<T> => running(clock, call);
  try {
    await wait(app.start());
    await clock.advance(30_000);
    await use({
      ports,
      told: () => told.join("\n"),
      state: () => ownState(app),
      pass: (ms) => clock.advance(ms),
      plan: (code, remedy) => wait(app.handlers.previewPlan({ stack: "openclaw", code, remedy })),
      run: async (code, remedy) => {
        let run = await wait(app.handlers.startRepair({ stack: "openclaw", code, remedy, confirmed: "twice" }));
        for (let steps = 0; steps < 1_500 && run.state !== "ended" && run.question?.kind !== "do"; steps += 1) {
          if (run.question?.kind === "confirm") await wait(app.handlers.answerRepair({ id: run.id, answer: "done" }));
          await clock.advance(500);
          run = await wait(app.handlers.getRepair({ id: run.id, waitMs: 0 }));
        }
        return run;
      },
    });
  } finally {
    await wait(app.stop());
  }
}

const rootOf = ({ findings }: StackState) => findings.find((one) => one.root);
const words = (run: RepairRun): string =>
  [run.sentence, ...run.steps.map((step) => `${step.state} ${step.preview}: ${step.detail}`)].join("\n");

/** How the first remedy of the root goes. */
type Ending =
  | { readonly kind: "verified"; readonly undo: RepairRun["undo"] }
  | { readonly kind: "asks"; readonly question: RegExp }
  | { readonly kind: "not-verified"; readonly because: RegExp }
  | { readonly kind: "nothing" };

const endings: Readonly<Record<string, Ending>> = {
  "all-green": { kind: "nothing" },
  "gateway-401": { kind: "asks", question: /Compare the fingerprints/ },
  "service-not-loaded": { kind: "verified", undo: "not-needed" },
  "crash-loop": { kind: "verified", undo: "not-needed" },
  "port-stolen": { kind: "verified", undo: "not-needed" },
  "boot-in-progress": { kind: "nothing" },
  "everything-hangs": { kind: "not-verified", because: /does not work yet/ },
  "nothing-installed": { kind: "nothing" },
  "token-missing": { kind: "asks", question: /gateway auth-token --show/ },
  "config-invalid": { kind: "verified", undo: "available" },
  "newer-config": { kind: "asks", question: /is the installation you want to keep/ },
  "channel-down": { kind: "asks", question: /check the way to the provider/ },
  "credential-expiring": { kind: "asks", question: /models auth login --provider anthropic/ },
  "credential-expired": { kind: "asks", question: /models auth login --provider anthropic/ },
};

describe("the first remedy of each demo", () => {
  it("is known for every demo", () => {
    expect(Object.keys(endings).sort()).toEqual(demos.map(({ id }) => id).sort());
  });

  it.each(Object.entries(endings).filter(([, { kind }]) => kind !== "nothing"))("of %s goes as a person should see it", (id, ending) =>
    inHand(id, async ({ pass, plan, run, state, told }) => {
      const root = rootOf(await state());
      const [code, remedy] = [root?.code ?? "", root?.remedies[0]?.id ?? ""];
      const shown = await plan(code, remedy);
      expect(shown.gate ?? { kind: "open" }).toEqual({ kind: "open" });
      const ended = await run(code, remedy);
      const said = words(ended);
      if (ending.kind === "asks") {
        expect([ended.state, ended.question?.kind, ended.question?.text], said).toEqual([
          "asking",
          "do",
          expect.stringMatching(ending.question),
        ]);
      } else {
        expect([ended.state, ended.outcome], said).toEqual(["ended", ending.kind]);
        if (ending.kind === "not-verified") expect(ended.sentence).toMatch(ending.because);
        if (ending.kind === "verified") {
          expect([ended.undo, ended.steps.map((step) => step.state).filter((one) => one !== "done")], said).toEqual([ending.undo, []]);
          // What was believed is held for some looks after it is gone.
          await pass(15_000);
          const after = await state();
          expect([after.light, after.findings.map((one) => one.code)], said).toEqual(["green", []]);
        }
      }
      expect(told()).not.toContain(DEMO_TOKEN);
    }),
  );
});

describe("other remedies in the demos", () => {
  it("write the unit of the gateway anew, which drops its old token", () =>
    inHand("gateway-401", async ({ pass, run, state }) => {
      const ended = await run("openclaw.auth.token-mismatch", "reinstall-service");
      expect(ended.outcome, words(ended)).toBe("verified");
      await pass(15_000);
      expect((await state()).light).toBe("green");
    }));

  it("start nothing while what forbids the start is still there", () =>
    inHand("config-invalid", async ({ ports }) => {
      const restart = await ports.acting?.control?.act("restart", "ai.openclaw.gateway");
      expect(restart).toMatchObject({ kind: "failed", meaning: expect.stringContaining("ended again at once") });
      const said = await ports.commands.run({ file: "/opt/homebrew/bin/openclaw", args: ["gateway", "start", "--json"], timeoutMs: 1_000 });
      expect(said).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("ended again at once") });
    }));

  it.each(["crash-loop", "newer-config"])("mend %s when the definition of the unit is written anew", (id) =>
    inHand(id, async ({ pass, ports, state }) => {
      const root = rootOf(await state());
      const file = id === "crash-loop" ? "/opt/homebrew/bin/openclaw" : "/Users/ada/.npm-global/bin/openclaw";
      expect(root?.remedies.length).toBeGreaterThan(0);
      const said = await ports.commands.run({ file, args: ["gateway", "install", "--force", "--json"], timeoutMs: 1_000 });
      expect(said).toMatchObject({ kind: "exited", exitCode: 0 });
      // The programs on this Mac are looked through every five minutes.
      await pass(330_000);
      const after = await state();
      expect([after.light, after.findings.filter(({ light }) => light !== "green").map((one) => one.code)]).toEqual(["green", []]);
    }),
  );

  it("leave a boot alone: the gate counts it down, and it gets there", () =>
    inHand("boot-in-progress", async ({ pass, plan, state }) => {
      expect(rootOf(await state())?.code).toBe("openclaw.gateway.booting");
      expect(await plan("openclaw.gateway.booting", "wait-for-boot")).toMatchObject({ runnable: false });
      await pass(30_000);
      expect((await state()).light).toBe("green");
    }));

  it.each(demos.map(({ id }) => id))("run nothing in %s that its programs do not know", (id) =>
    inHand(id, async ({ plan, ports, state }) => {
      const { findings } = await state();
      const plans = await Promise.all(findings.flatMap(({ code, remedies }) => remedies.map((one) => plan(code, one.id))));
      const argvs = plans.flatMap(({ effects }) => effects.flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv] : [])));
      // All at once, since some of them start the gateway, after which it takes its time.
      const outcomes = await Promise.all(argvs.map(([file = "", ...args]) => ports.commands.run({ file, args, timeoutMs: 1_000 })));
      const unknown = outcomes.map((one) => ("stderr" in one ? /does not know/.test(one.stderr) : one.kind === "not-found"));
      expect(argvs.filter((_argv, index) => unknown[index])).toEqual([]);
    }),
  );
});
