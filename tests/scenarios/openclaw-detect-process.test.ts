import { describe, expect, it } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { type App, createApp } from "../../main/app.ts";
import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { World } from "../../main/core/model/world.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import { faults } from "../support/openclaw-faults.ts";
import { ownState, worldWith } from "../support/openclaw-faults-look.ts";

const stack = "openclaw";
type Commands = World["commands"];

/** The commands with one answer replaced; all of them answer at once, unless told otherwise. */
const answering = (commands: Commands, words?: string, body?: unknown, takesMs = 0): Commands =>
  commands.map((one) => ({
    ...one,
    takesMs,
    ...(words !== undefined && one.argv.join(" ").includes(words) ? { stdout: JSON.stringify(body) } : {}),
  }));

const rejected = { rpc: { ok: false, gatewayReached: true, error: `unauthorized: gateway token mismatch ${DEMO_TOKEN}` } };

/** A watched gateway whose world can be changed, with everything that is told about slow looks. */
async function withApp(change: (world: World) => World, use: (app: App, told: string[], set: (world: World) => void) => Promise<void>) {
  let world = change(worldWith([], "macos", Date.now(), Date.now() - 6 * 3_600_000));
  const app = createApp({ ports: worldPorts(() => world, { clock: systemClock }), stacks: [openclaw], mode: "once" });
  const told: string[] = [];
  app.on("deepProgress", ({ text }) => told.push(text));
  try {
    await app.start();
    await use(app, told, (next) => {
      world = next;
    });
    expect(told.join("\n")).not.toContain(DEMO_TOKEN);
  } finally {
    await app.stop();
  }
}

const quick = (world: World): World => ({ ...world, commands: answering(world.commands) });
const faultOf = (title: string) => faults.find((one) => one.title === title) ?? faults[0];

describe("O1: the command ladder", () => {
  it("goes up all layers, our view and OpenClaw's, tells each step, and finds that all agree", async () => {
    await withApp(quick, async (app, told) => {
      const run = await app.handlers.runDeep({ stack, check: "ladder" });
      expect([run.state, run.text.split("\n")[0]]).toEqual(["done", "11 of 11 layers could be asked, and all say yes"]);
      const layers = ["service unit", "process", "port", "/healthz", "openclaw status", "/readyz", "connect", "openclaw gateway status"];
      for (const name of [...layers, "openclaw doctor", "channels", "openclaw channels status"]) {
        expect(told.some((text) => text.includes(`, ${name}: `))).toBe(true);
        expect(run.text).toContain(`${name}: yes (`);
      }
      // The answers as they came are kept beside what was read from them.
      const archived = run.text.split("\n").filter((line) => line.startsWith('  {"'));
      expect(archived.length).toBe(4);
      expect(app.clean(run).text).not.toContain(DEMO_TOKEN);
      const state = await ownState(app);
      expect([state.light, state.findings]).toEqual(["green", []]);
    });
  });

  it("stops at the first disagreement, names it, and asks nothing beyond it", async () => {
    const change = (world: World): World => ({ ...world, commands: answering(world.commands, "gateway status", rejected) });
    await withApp(change, async (app, told) => {
      const run = await app.handlers.runDeep({ stack, check: "ladder" });
      expect(run.text).toMatch(/^First disagreement at openclaw gateway status: unauthorized/);
      expect(app.clean(run).text).not.toContain(DEMO_TOKEN);
      expect(told.some((text) => /doctor|channels/.test(text))).toBe(false);

      const state = await ownState(app);
      const [finding] = state.findings;
      // The slow lane explains; it does not drive the light.
      expect([state.light, finding?.code, finding?.symptoms, finding?.root]).toEqual(["green", "openclaw.ladder", ["O1"], true]);
      expect(finding?.evidence.map((one) => one.source).at(-1)).toBe("openclaw gateway status");
      expect(finding?.ruledOut).toContain("connect is fine");
      const plan = await app.handlers.previewPlan({ stack, code: "openclaw.ladder", remedy: "compare-layers" });
      expect(plan.effects.map(({ effect }) => (effect.do === "recheck" ? effect.check : effect.do))).toEqual([
        "run-command",
        "ladder",
        "ask-person",
        "live",
      ]);
    });
  });

  it.each([
    ["the gateway has another token than the configuration", "connect"],
    ["the gateway is starting", "/readyz"],
    ["the provider rejects the bot", "channels"],
  ])("names the layer at which it breaks when %s", async (title, layer) => {
    const fault = faultOf(title);
    if (fault === undefined) throw new Error("There are no faults");
    const change = (): World => quick(worldWith([fault], "macos", Date.now(), Date.now() - 6 * 3_600_000));
    await withApp(change, async (app) => {
      const run = await app.handlers.runDeep({ stack, check: "ladder" });
      expect(run.text.split("\n")[0]).toContain(`First disagreement at ${layer}: `);
    });
  });

  it("finds no disagreement in a gateway that is simply down: all layers say no", async () => {
    const fault = faultOf("the gateway was killed and nobody starts it");
    if (fault === undefined) throw new Error("There are no faults");
    const down = { gateway: { reachable: false, error: "connect ECONNREFUSED" } };
    const change = (): World => {
      const world = worldWith([fault], "macos", Date.now(), Date.now() - 6 * 3_600_000);
      const commands = answering(answering(world.commands, "openclaw status", down), "gateway status", { rpc: { ok: false } });
      return { ...world, commands: commands.filter((one) => !/doctor|channels/.test(one.argv.join(" "))) };
    };
    await withApp(change, async (app) => {
      const run = await app.handlers.runDeep({ stack, check: "ladder" });
      expect(run.text.split("\n")[0]).toMatch(/layers could be asked, and all say no$/);
    });
  });

  it("can be cancelled while a slow command runs", async () => {
    const change = (world: World): World => ({ ...world, commands: answering(world.commands, undefined, undefined, 20_000) });
    await withApp(change, async (app, told) => {
      const running = app.handlers.runDeep({ stack, check: "ladder" });
      while (!told.some((text) => text.includes("Running openclaw status"))) await systemClock.sleep(5);
      await app.handlers.cancelDeep({ stack, check: "ladder" });
      const run = await running;
      expect(run.state).toBe("cancelled");
      expect(run.elapsedMs).toBeLessThan(5_000);
    });
  });
});

describe("O41: OpenClaw's own answers beside ours", () => {
  const check = "cross-validation";

  it("agree about a healthy gateway", async () => {
    await withApp(quick, async (app, told) => {
      const run = await app.handlers.runDeep({ stack, check });
      expect(run.text.split("\n")[0]).toBe("OpenClaw's own answers and ours agree");
      expect(told.filter((text) => text.startsWith("Running openclaw"))).toEqual([
        "Running openclaw doctor --lint --json",
        "Running openclaw gateway status --json --require-rpc",
        "Running openclaw channels status --json",
      ]);
      expect((await ownState(app)).findings).toEqual([]);
    });
  });

  it("are laid side by side where they differ, and the list must get shorter with every repair", async () => {
    const healthy = worldWith([], "macos", Date.now(), Date.now() - 6 * 3_600_000);
    const doctor = { findings: [{ checkId: "core/doctor/gateway-config", severity: "error", message: "gateway.mode is unset" }] };
    const both = answering(answering(healthy.commands, "gateway status", rejected), "doctor", doctor);
    const one = answering(healthy.commands, "doctor", doctor);
    await withApp(
      () => ({ ...healthy, commands: both }),
      async (app, _told, set) => {
        const first = await app.handlers.runDeep({ stack, check });
        expect(first.text.split("\n")[0]).toBe("They disagree about: gateway lets us in, configuration is valid");
        expect(first.text).toContain("2 to resolve; nothing to compare with yet");

        const finding = (await ownState(app)).findings.find((each) => each.code === "openclaw.cross-validation");
        expect(finding).toMatchObject({ symptoms: ["O41"], root: true, light: "green" });
        expect(finding?.evidence.map((each) => each.source)).toEqual([
          "gateway lets us in",
          "configuration is valid",
          "since the last comparison",
        ]);
        const plan = await app.handlers.previewPlan({ stack, code: "openclaw.cross-validation", remedy: "cross-validate" });
        expect(plan.effects.map(({ effect }) => (effect.do === "run-command" ? effect.argv.slice(1).join(" ") : effect.do))).toEqual([
          "doctor --lint --json",
          "gateway status --json --require-rpc",
          "channels status --json",
          "recheck",
          "ask-person",
          "recheck",
        ]);

        set({ ...healthy, commands: one });
        expect((await app.handlers.runDeep({ stack, check })).text).toContain("1 left of 2; resolved: gateway lets us in");
        set({ ...healthy, commands: both });
        expect((await app.handlers.runDeep({ stack, check })).text).toContain(
          "New since last time: gateway lets us in. Undo the last step",
        );
        set({ ...healthy, commands: answering(healthy.commands) });
        expect((await app.handlers.runDeep({ stack, check })).text).toContain("0 left of 2");
        expect((await ownState(app)).findings).toEqual([]);
      },
    );
  });

  it("say nothing when the program cannot be run", async () => {
    await withApp(
      (world) => ({ ...world, commands: [] }),
      async (app) => {
        expect((await app.handlers.runDeep({ stack, check })).text).toMatch(/gave no answer we can read/);
      },
    );
  });
});

describe("the other slow looks", () => {
  it.each([
    [
      "doctor",
      "doctor",
      { findings: [{ checkId: "core/doctor/browser", severity: "error", message: "CDP is not reachable" }] },
      "openclaw.browser.unavailable",
    ],
    [
      "secrets-audit",
      "secrets audit",
      { findings: [{ code: "REF_UNRESOLVED", message: "CLAW_TOKEN is not set" }] },
      "openclaw.secrets.ref-unresolved",
    ],
    [
      "security-audit",
      "security audit",
      { findings: [{ checkId: "gateway.bind_no_auth", severity: "critical", title: "Gateway binds beyond loopback without auth" }] },
      "openclaw.security.exposed",
    ],
  ])("%s raises what it says, and leaves the light alone", async (check, words, body, code) => {
    await withApp(
      (world) => ({ ...world, commands: answering(world.commands, words, body) }),
      async (app) => {
        expect((await app.handlers.runDeep({ stack, check })).state).toBe("done");
        const state = await ownState(app);
        expect([state.light, state.findings.map((one) => one.code)]).toEqual(["green", [code]]);
      },
    );
  });
});
