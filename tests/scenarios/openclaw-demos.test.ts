import { describe, expect, it } from "vitest";
import { createApp } from "../../main/app.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { demos } from "../../main/catalog/stacks/openclaw/demos/index.ts";
import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { Light } from "../../main/core/model/light.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";

const every = [...stacks.filter((stack) => stack.id !== "openclaw"), openclaw];

/** One complete look at a scenario, `elapsedMs` after it began. */
async function look(id: string, elapsedMs = 0): Promise<{ snapshot: Snapshot; text: string }> {
  const demo = demos.find((one) => one.id === id);
  if (demo === undefined) throw new Error(`There is no scenario ${id}`);
  const startMs = Date.now() - elapsedMs;
  const app = createApp({ ports: worldPorts(() => demo.world(Date.now() - startMs, startMs)), stacks: every, mode: "once", demo: id });
  try {
    await app.start({ settleMs: 8_000 });
    const snapshot = await app.handlers.getSnapshot({});
    const { text } = await app.handlers.describeForCopy({});
    return { snapshot, text };
  } finally {
    await app.stop();
  }
}

const ownState = (snapshot: Snapshot) => {
  const state = snapshot.stacks.find((stack) => stack.id === "openclaw");
  if (state === undefined) throw new Error("OpenClaw is missing from the snapshot");
  return state;
};

type Expected = {
  readonly id: string;
  readonly elapsedMs?: number;
  readonly light: Light;
  readonly root: string | undefined;
  readonly symptoms: readonly string[];
  readonly followers?: readonly string[];
  readonly sentence: RegExp;
};

const expected: readonly Expected[] = [
  { id: "all-green", light: "green", root: undefined, symptoms: [], sentence: /^OpenClaw works/ },
  { id: "gateway-401", light: "red", root: "openclaw.auth.token-mismatch", symptoms: ["O10"], sentence: /rejects the shared token/ },
  { id: "service-not-loaded", light: "red", root: "openclaw.gateway.not-running", symptoms: ["O16"], sentence: /not running/ },
  { id: "crash-loop", light: "red", root: "openclaw.service.crash-loop", symptoms: ["G2", "O16"], sentence: /again and again/ },
  {
    id: "port-stolen",
    light: "red",
    root: "openclaw.port.conflict",
    symptoms: ["O18", "G10"],
    followers: ["openclaw.service.crash-loop"],
    sentence: /holds the gateway's port/,
  },
  {
    id: "boot-in-progress",
    elapsedMs: 1_000,
    light: "amber",
    root: "openclaw.gateway.booting",
    symptoms: ["O44"],
    sentence: /starting or draining/,
  },
  {
    id: "boot-in-progress",
    elapsedMs: 15_000,
    light: "amber",
    root: "openclaw.gateway.booting",
    symptoms: ["O44"],
    sentence: /starting or draining/,
  },
  { id: "boot-in-progress", elapsedMs: 45_000, light: "green", root: undefined, symptoms: [], sentence: /^OpenClaw works/ },
  { id: "everything-hangs", light: "red", root: "openclaw.gateway.frozen", symptoms: ["O43"], sentence: /does not answer/ },
  { id: "token-missing", light: "red", root: "openclaw.auth.token-missing", symptoms: ["O9"], sentence: /no credentials/ },
  {
    id: "config-invalid",
    light: "red",
    root: "openclaw.config.invalid",
    symptoms: ["O20"],
    followers: ["openclaw.service.crash-loop", "openclaw.gateway.not-running"],
    sentence: /openclaw\.json is not valid/,
  },
  {
    id: "newer-config",
    light: "red",
    root: "openclaw.install.split-brain",
    symptoms: ["O2"],
    followers: ["openclaw.service.crash-loop"],
    sentence: /Two OpenClaw versions/,
  },
  {
    id: "channel-down",
    light: "red",
    root: "openclaw.channel.failing",
    symptoms: ["O28", "O27"],
    sentence: /channel does not pass messages \(telegram\)/,
  },
  {
    id: "credential-expiring",
    light: "amber",
    root: "openclaw.provider.credential-expired",
    symptoms: ["O46"],
    sentence: /needs to be renewed \(anthropic\)/,
  },
  {
    id: "credential-expired",
    light: "red",
    root: "openclaw.provider.credential-expired",
    symptoms: ["O46"],
    sentence: /needs to be renewed \(anthropic\)/,
  },
];

describe("the demo scenarios of OpenClaw, through the whole app", () => {
  it.each(expected)(
    "$id (after $elapsedMs ms) is $light because of $root",
    async ({ id, elapsedMs, light, root, symptoms, followers = [], sentence }) => {
      const { snapshot, text } = await look(id, elapsedMs);
      const state = ownState(snapshot);
      const first = state.findings.find((finding) => finding.root);
      expect([snapshot.light, state.light, first?.code, first?.symptoms ?? []]).toEqual([light, light, root, symptoms]);
      expect(snapshot.sentence).toMatch(sentence);
      expect(first?.followers ?? []).toEqual(expect.arrayContaining([...followers]));
      // The token of the invented gateway stands for every secret: it must not get out.
      expect(JSON.stringify(snapshot) + text).not.toContain(DEMO_TOKEN);
    },
  );

  it("nothing-installed teaches instead of alarming", async () => {
    const { snapshot } = await look("nothing-installed");
    expect([snapshot.light, ownState(snapshot).installed]).toEqual(["grey", false]);
    expect(ownState(snapshot).looksFor.length).toBeGreaterThan(0);
  });

  it("covers every scenario", () => {
    const covered = new Set([...expected.map((one) => one.id), "nothing-installed"]);
    expect(demos.map((one) => one.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it("knows every look that a plan names", async () => {
    const demo = demos.find((one) => one.id === "all-green");
    const startMs = Date.now();
    const ports = worldPorts(() => demo?.world(Date.now() - startMs, startMs) ?? never());
    const context = {
      ports,
      signal: new AbortController().signal,
      learnSecret: () => undefined,
      nudge: () => undefined,
      progress: () => undefined,
    };
    const installation = await openclaw.locate({ scopes: ["operator.read", "operator.pairing"] }, context);
    const known = new Set(installation?.checks.map((one) => one.id));
    const looks = (installation?.remedies ?? []).flatMap((one) =>
      one.plan({}).flatMap(({ effect }) => (effect.do === "recheck" ? [effect.check] : [])),
    );
    expect([...new Set(looks)].filter((id) => !known.has(id))).toEqual([]);
  });

  it("offers a plan for every root, and the plan can be shown", async () => {
    for (const { id, root } of expected) {
      if (root === undefined) continue;
      const demo = demos.find((one) => one.id === id);
      const startMs = Date.now() - 1_000;
      const app = createApp({
        ports: worldPorts(() => demo?.world(Date.now() - startMs, startMs) ?? never()),
        stacks: every,
        mode: "once",
      });
      try {
        await app.start({ settleMs: 8_000 });
        const finding = ownState(await app.handlers.getSnapshot({})).findings.find((one) => one.code === root);
        const remedy = finding?.remedies[0];
        expect(remedy, id).toBeDefined();
        const plan = await app.handlers.previewPlan({ stack: "openclaw", code: root, remedy: remedy?.id ?? "" });
        expect(plan.effects.length, id).toBeGreaterThan(0);
      } finally {
        await app.stop();
      }
    }
  });
});

function never(): never {
  throw new Error("The scenario has gone");
}
