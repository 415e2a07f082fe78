import { describe, expect, it } from "vitest";
import { z } from "zod";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { memoryHistory } from "../../main/adapters/history/memory-history.ts";
import { yamlSettings } from "../../main/adapters/settings/yaml-settings.ts";
import { createApp } from "../../main/app.ts";
import { createDispatcher } from "../../main/core/contract/define.ts";
import { contract } from "../../main/core/contract/index.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { defineStack } from "../../main/core/model/stack.ts";
import { green, puppet, red, tinyPorts, tinyStack } from "../support/tiny-stack.ts";

const stackOf = (snapshot: Snapshot, id: string) => {
  const stack = snapshot.stacks.find((s) => s.id === id);
  if (stack === undefined) throw new Error(`no stack ${id}`);
  return stack;
};

async function watching(...stacks: ReturnType<typeof tinyStack>[]) {
  const clock = manualClock();
  const app = createApp({ ports: tinyPorts(clock), stacks, mode: "watch" });
  const told: Snapshot[] = [];
  app.on("snapshotChanged", (s) => told.push(s));
  void app.start();
  await clock.advance(100);
  return { clock, app, told, now: () => app.handlers.getSnapshot({}) };
}

async function once(...stacks: ReturnType<typeof tinyStack>[]) {
  const clock = manualClock();
  const app = createApp({ ports: tinyPorts(clock), stacks, mode: "once" });
  const started = app.start();
  await clock.advance(6_000);
  await started;
  return app.handlers.getSnapshot({});
}

describe("a single look", () => {
  it("is green when every check agrees", async () => {
    const snapshot = await once(tinyStack("aa", [puppet("one").check, puppet("two").check]));
    expect(snapshot).toMatchObject({ light: "green", sentence: "AA works: 2 checks agree", settling: false });
  });

  it("takes a failure as confirmed and names the cause first", async () => {
    const one = puppet("one");
    one.act(red("aa.part.broken"));
    const snapshot = await once(tinyStack("aa", [one.check, puppet("two").check]));
    expect(snapshot).toMatchObject({ light: "red", sentence: "Title of aa.part.broken" });
    expect(stackOf(snapshot, "aa").findings[0]).toMatchObject({ state: "hard", root: true, symptoms: ["G1"] });
  });

  it.each(["hang", "throw"] as const)("is grey, never green, when a probe does %s", async (behaviour) => {
    const one = puppet("one");
    one.act(behaviour);
    const snapshot = await once(tinyStack("aa", [one.check, puppet("two").check]));
    expect(snapshot.light).toBe("grey");
    expect(stackOf(snapshot, "aa").checks[0]?.summary).toMatch(
      behaviour === "hang" ? /Did not answer within 1250 ms/ : /the probe fell over/,
    );
  });

  it("is grey when no stack is installed, and says where it looked", async () => {
    const snapshot = await once(tinyStack("aa", [], { absent: true }));
    expect(snapshot).toMatchObject({ light: "grey", sentence: "No agent stack found on this machine" });
    expect(stackOf(snapshot, "aa").looksFor).toEqual(["~/.aa"]);
  });

  it("does not take a healthy machine for a stack that works", async () => {
    const snapshot = await once(tinyStack("ground", [puppet("disk").check], { ground: true }), tinyStack("aa", [], { absent: true }));
    expect(snapshot.light).toBe("grey");
  });

  it("keeps a stack that cannot be looked for grey, with the reason", async () => {
    const stack = { ...tinyStack("aa", []), locate: () => Promise.reject(new Error("config says port -1")) };
    const snapshot = await once(stack, tinyStack("bb", [puppet("one").check]));
    expect(stackOf(snapshot, "aa")).toMatchObject({ light: "grey", sentence: "Could not look for AA: config says port -1" });
    expect(stackOf(snapshot, "bb").light).toBe("green");
  });

  it("leaves notes and things that do not exist here out of the light", async () => {
    const absent = puppet("unit");
    absent.act({ light: "grey", summary: "No service manager here", applies: false });
    const snapshot = await once(tinyStack("aa", [absent.check, puppet("one").check]));
    expect(snapshot.light).toBe("green");
    expect(stackOf(snapshot, "aa").checks[0]).toMatchObject({ light: "grey", drivesLight: false });
  });

  it("folds consequences found across checks under their cause", async () => {
    const one = puppet("one");
    one.act(red("aa.part.follower"));
    const stack = tinyStack("aa", [one.check], {
      findings: [
        {
          code: "aa.part.broken",
          symptoms: ["G2"],
          light: "red",
          layer: 1,
          title: "The unit is down on {port}",
          detail: "d",
          runbook: "r",
          explains: ["aa.part.follower"],
        },
        { code: "aa.part.follower", symptoms: ["G1"], light: "red", layer: 5, title: "No answer", detail: "d", runbook: "r" },
      ],
      installation: {
        diagnose: (facts) =>
          facts.of(one.check)?.light === "red" ? [{ code: "aa.part.broken", params: { port: 4711 }, evidence: [] }] : [],
      },
    });
    const snapshot = await once(stack);
    expect(snapshot.sentence).toBe("The unit is down on 4711; 1 more follows");
    expect(stackOf(snapshot, "aa").findings.map((f) => [f.code, f.root])).toEqual([
      ["aa.part.broken", true],
      ["aa.part.follower", false],
    ]);
  });
});

describe("watching", () => {
  it("waits for repeats before it believes a failure, with fast retries, and is amber meanwhile", async () => {
    const one = puppet("one", { everyMs: 15_000 });
    const { clock, now } = await watching(tinyStack("aa", [one.check]));
    one.act(red("aa.part.broken"));
    for (let passed = 0; passed < 15_000 && (await now()).light === "green"; passed += 100) await clock.advance(100);
    expect(await now()).toMatchObject({ light: "amber" });
    expect(stackOf(await now(), "aa").findings[0]?.state).toBe("soft");
    await clock.advance(5_500);
    expect(await now()).toMatchObject({ light: "red" });
    const gaps = one.starts.slice(-3).map((at, i, all) => at - (all[i - 1] ?? at));
    expect(gaps[1]).toBeLessThanOrEqual(1_300);
    expect(gaps[2]).toBeLessThanOrEqual(3_700);
  });

  it("looks again soon at a red lamp that no finding speaks for, and believes it as often as the verdict asks", async () => {
    const one = puppet("one", { everyMs: 15_000 });
    const { clock, now } = await watching(tinyStack("aa", [one.check]));
    one.act({ light: "red", summary: "Nobody listens", confirmAfter: 2 });
    for (let passed = 0; passed < 15_000 && (await now()).light === "green"; passed += 100) await clock.advance(100);
    expect((await now()).light).toBe("amber");
    await clock.advance(1_300);
    expect((await now()).light).toBe("red");
  });

  it("believes a recovery after two good answers, soon", async () => {
    const one = puppet("one", { everyMs: 5_000 });
    const { clock, now } = await watching(tinyStack("aa", [one.check]));
    one.act(red("aa.part.broken"));
    await clock.advance(20_000);
    expect((await now()).light).toBe("red");
    one.act(green);
    await clock.advance(7_000);
    expect((await now()).light).toBe("green");
  });

  it("forgets a single bad answer without having gone red", async () => {
    const one = puppet("one", { everyMs: 5_000 });
    const { clock, told } = await watching(tinyStack("aa", [one.check]));
    one.act(red("aa.part.broken"));
    await clock.advance(5_050);
    one.act(green);
    await clock.advance(20_000);
    expect(told.map((s) => s.light)).not.toContain("red");
    expect(told.at(-1)?.light).toBe("green");
  });

  it("lets a hung probe delay nobody", async () => {
    const hung = puppet("hung", { everyMs: 5_000, timeoutMs: 4_000 });
    const lively = puppet("lively", { everyMs: 5_000 });
    hung.act("hang");
    const { clock, now } = await watching(tinyStack("aa", [hung.check, lively.check]));
    await clock.advance(60_000);
    expect(lively.starts.length).toBeGreaterThanOrEqual(12);
    expect(stackOf(await now(), "aa").checks.map((c) => c.light)).toEqual(["grey", "green"]);
  });

  it("stops asking a probe that never comes back, and keeps it grey", async () => {
    const hung = puppet("hung", { everyMs: 2_000, timeoutMs: 1_000 });
    hung.act("hang");
    const { clock, now } = await watching(tinyStack("aa", [hung.check]));
    await clock.advance(120_000);
    expect(hung.starts.length).toBe(3);
    expect((await now()).light).toBe("grey");
  });

  it("turns an answer grey when it is older than three intervals", async () => {
    const one = puppet("one", { everyMs: 5_000, timeoutMs: 1_000 });
    const { clock, now, app } = await watching(tinyStack("aa", [one.check]));
    expect((await now()).light).toBe("green");
    await app.stop();
    await clock.advance(17_000);
    expect(await now()).toMatchObject({ light: "grey" });
    expect(stackOf(await now(), "aa").checks[0]?.summary).toMatch(/^Last answer is 17 s old/);
  });

  it("remembers no tick before every check has answered", async () => {
    const slow = puppet("slow", { everyMs: 60_000 });
    slow.act(async ({ ports }) => {
      await ports.clock.sleep(3_000);
      return green;
    });
    const { clock, now } = await watching(tinyStack("aa", [puppet("fast").check, slow.check]));
    await clock.advance(1_000);
    expect(stackOf(await now(), "aa").ticks.at(-1)).toBeNull();
    await clock.advance(5_000);
    expect(stackOf(await now(), "aa").ticks.at(-1)).toBe("green");
  });

  it("finds a stack that is installed later", async () => {
    let there = false;
    const one = puppet("one");
    const stack = {
      ...tinyStack("aa", []),
      locate: async () => (there ? { checks: [one.check], remedies: [], diagnose: () => [] } : null),
    };
    const { clock, now } = await watching(stack);
    expect((await now()).light).toBe("grey");
    there = true;
    await clock.advance(41_000);
    expect(await now()).toMatchObject({ light: "green" });
  });

  it("keeps the installation that worked when looking for it again fails", async () => {
    let broken = false;
    let nudge: ((ids: readonly string[]) => void) | undefined;
    const one = puppet("one");
    const stack = {
      ...tinyStack("aa", []),
      locate: async () => {
        if (broken) throw new Error("bad edit");
        return {
          checks: [one.check],
          remedies: [],
          diagnose: () => [],
          watch: (c: { nudge: (ids: readonly string[]) => void }) => {
            nudge = c.nudge;
            return () => {};
          },
        };
      },
    };
    const { clock, now } = await watching(stack);
    broken = true;
    nudge?.(["*"]);
    await clock.advance(20_000);
    expect(await now()).toMatchObject({ light: "green", notes: ["Could not look for AA again: bad edit"] });
  });

  it("tells settings that do not fit at their line, and goes on with the last good ones", async () => {
    const one = puppet("one");
    let text = "stacks:\n  aa:\n    port: 80\n";
    let changed: () => void = () => {};
    const facts = { kind: "file", sizeBytes: 1, modifiedMs: 0, mode: 0o600, uid: 0, inode: "1" } as const;
    const settings = yamlSettings({
      path: "/c/config.yaml",
      read: () => ({ kind: "text", text, facts }),
      watch: (heard) => {
        changed = heard;
      },
    });
    const stack = defineStack({
      ...tinyStack("aa", []),
      settings: z.object({ port: z.number() }),
      locate: async () => ({ checks: [one.check], remedies: [], diagnose: () => [] }),
    });
    const clock = manualClock();
    const app = createApp({ ports: { ...tinyPorts(clock), clock, history: memoryHistory(), settings }, stacks: [stack], mode: "watch" });
    void app.start();
    await clock.advance(100);
    text = text.replace("80", "eighty");
    changed();
    await clock.advance(20_000);
    expect(await app.handlers.getSnapshot({})).toMatchObject({
      light: "green",
      notes: [
        expect.stringMatching(/^\/c\/config\.yaml:3: stacks\.aa\.port: Invalid input/),
        expect.stringContaining("its settings do not fit"),
      ],
    });
  });

  it("looks at once when the event lane notices something", async () => {
    const one = puppet("one", { everyMs: 60_000 });
    let nudge: ((ids: readonly string[]) => void) | undefined;
    const stack = tinyStack("aa", [one.check], {
      installation: {
        watch: (c) => {
          nudge = c.nudge;
          return () => {};
        },
      },
    });
    const { clock, now } = await watching(stack);
    const before = one.starts.length;
    one.act(red("aa.part.broken"));
    nudge?.(["one"]);
    await clock.advance(200);
    expect(one.starts.length).toBe(before + 1);
    expect((await now()).light).toBe("amber");
  });

  it("drops answers that were under way while the machine slept", async () => {
    const slow = puppet("slow", { everyMs: 5_000, timeoutMs: 30_000 });
    const { clock, app, now } = await watching(tinyStack("aa", [slow.check]));
    slow.act(async ({ ports }) => {
      await ports.clock.sleep(3_000);
      return red("aa.part.broken");
    });
    await clock.advance(6_000);
    app.resumed();
    slow.act(green);
    await clock.advance(1_000);
    expect((await now()).light).toBe("green");
    expect(stackOf(await now(), "aa").findings).toEqual([]);
  });

  it("ends every probe and says nothing more after stop", async () => {
    const one = puppet("one", { everyMs: 1_000 });
    const { clock, app, told } = await watching(tinyStack("aa", [one.check]));
    await app.stop();
    const before = [one.starts.length, told.length];
    await clock.advance(30_000);
    expect([one.starts.length, told.length]).toEqual(before);
  });
});

describe("slow checks on demand", () => {
  it("reports progress, keeps the light out of it, and can be cancelled", async () => {
    const doctor = puppet("doctor", { lane: "deep", timeoutMs: 60_000 });
    const { clock, app, now } = await watching(tinyStack("aa", [puppet("one").check, doctor.check]));
    const told: string[] = [];
    app.on("deepProgress", (run) => told.push(`${run.state}: ${run.text}`));
    doctor.act(async (context) => {
      context.progress("half way");
      await context.ports.clock.sleep(5_000, context.signal);
      return red("aa.part.broken");
    });
    const running = app.handlers.runDeep({ stack: "aa", check: "doctor" });
    await clock.advance(6_000);
    expect(await running).toMatchObject({ state: "done", text: "Broken" });
    expect(told).toEqual(["running: Started", "running: half way", "done: Broken"]);
    expect((await now()).light).toBe("green");
    expect(stackOf(await now(), "aa").findings.map((f) => f.code)).toEqual(["aa.part.broken"]);

    doctor.act("hang");
    const second = app.handlers.runDeep({ stack: "aa", check: "doctor" });
    await clock.advance(100);
    await expect(app.handlers.runDeep({ stack: "aa", check: "doctor" })).rejects.toMatchObject({ code: "busy" });
    await app.handlers.cancelDeep({ stack: "aa", check: "doctor" });
    await clock.advance(100);
    expect(await second).toMatchObject({ state: "cancelled" });
  });

  it("never runs one unasked", async () => {
    const doctor = puppet("doctor", { lane: "deep" });
    const { clock } = await watching(tinyStack("aa", [puppet("one").check, doctor.check]));
    await clock.advance(3_600_000);
    expect(doctor.starts).toEqual([]);
  });
});

describe("what leaves the app", () => {
  it("carries no secret a probe has learned, in answers, events or refusals", async () => {
    const leaky = puppet("leaky", { everyMs: 1_000 });
    leaky.act(async ({ learnSecret }) => {
      learnSecret("correct-horse-battery", "gateway token");
      return {
        light: "red",
        summary: "rejected correct-horse-battery",
        findings: [{ code: "aa.part.broken", evidence: [{ source: "log", text: "correct-horse-battery" }] }],
      };
    });
    const { clock, app, told } = await watching(tinyStack("aa", [leaky.check]));
    await clock.advance(5_000);
    const dispatch = createDispatcher(contract, app.handlers, app.clean);
    const replies = await Promise.all([
      dispatch("getSnapshot", {}),
      dispatch("describeForCopy", {}),
      dispatch("previewPlan", { stack: "correct-horse-battery", code: "aa.part.broken", remedy: "x" }),
    ]);
    const everything = JSON.stringify([told, replies]);
    expect(everything).toContain("‹gateway token");
    expect(everything).not.toContain("correct-horse-battery");
  });
});
