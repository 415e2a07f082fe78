import { describe, expect, it } from "vitest";
import { aCheck, aFinding, aRedSnapshot, aSnapshot, aStack, T0 } from "../../../tests/support/fake-app.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";
import { type PlansByStack, printSnapshot } from "./print-snapshot.ts";

const print = (snapshot: Snapshot, columns = Number.POSITIVE_INFINITY, plans: PlansByStack = new Map(), colour = false): string => {
  const page = createPage(paintFor(colour), columns);
  printSnapshot(page, snapshot, plans);
  return page.text();
};

const plan: Plan = {
  code: "acme.auth.refused",
  remedy: "copy-token",
  title: "Send the configured token",
  risk: "disruptive",
  interrupts: "2 running turns",
  undo: "put it back",
  verify: "asks again",
  effects: [
    { effect: { do: "run-command", argv: ["acme", "token"], envNames: [] }, preview: "acme token --sync", risk: "disruptive" },
    { effect: { do: "recheck", check: "live" }, preview: "Ask Acme again", risk: "safe" },
  ],
};

describe("printSnapshot", () => {
  it("begins with the lamp, the light and the sentence", () => {
    expect(print(aSnapshot()).split("\n")[0]).toBe("○ green: Everything works");
    expect(print(aRedSnapshot()).split("\n")[0]).toBe("⊖ red: Acme refuses the shared token");
  });

  it("has a different shape for each light, so that it can be read without colour", () => {
    const shapes = (["green", "amber", "red", "grey"] as const).map((light) => print(aSnapshot({ light }))[0]);
    expect(new Set(shapes).size).toBe(4);
  });

  it("shows a root finding with ids, code, evidence and its age, what was ruled out, and what follows", () => {
    const finding = aFinding({ followers: ["acme.channel.down"], evidence: [{ source: "http /ready", text: "401", at: T0 - 8_000 }] });
    const text = print(aSnapshot({ light: "red", stacks: [aStack({ light: "red", findings: [finding] })] }));
    for (const part of [
      "Acme refuses the shared token",
      "O10 · acme.auth.refused",
      "The token in its configuration is not the one that was sent.",
      "http /ready: 401 (8 s ago)",
      "another program on the port",
      "acme.channel.down",
      "Send the configured token (safe)",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("shows what a remedy runs and interrupts, each command on one uncut line", () => {
    const plans = new Map([["acme", new Map([["acme.auth.refused copy-token", plan]])]]);
    const argv = ["acme", "token", ...Array.from({ length: 30 }, () => "--long"), "end of it"];
    const long = {
      ...plan,
      effects: [{ effect: { do: "run-command" as const, argv, envNames: [] }, preview: "Try", risk: "safe" as const }],
    };
    expect(print(aRedSnapshot(), 60, plans)).toContain("1. acme token --sync\n              $ acme token\n");
    expect(print(aRedSnapshot(), 200, plans)).toContain("It interrupts: 2 running turns");
    expect(print(aRedSnapshot(), 200, plans)).not.toContain("lamplighter repair");
    const runnable = new Map([["acme", new Map([["acme.auth.refused copy-token", { ...plan, runnable: true }]])]]);
    expect(print(aRedSnapshot(), 200, runnable)).toContain("run    lamplighter repair acme.auth.refused\n");
    const cut = new Map([["acme", new Map([["acme.auth.refused copy-token", long]])]]);
    expect(print(aRedSnapshot(), 60, cut)).toContain("--long 'end of it'\n");
  });

  it("says when a finding is not confirmed yet", () => {
    const stack = aStack({ light: "amber", findings: [aFinding({ state: "soft" })] });
    expect(print(aSnapshot({ stacks: [stack] }))).toContain("(not confirmed yet)");
  });

  it("folds followers under their root instead of telling them as findings of their own", () => {
    const follower = aFinding({ code: "acme.channel.down", title: "The channel is down", root: false });
    const stack = aStack({ findings: [aFinding({ followers: ["acme.channel.down"] }), follower] });
    expect(print(aSnapshot({ stacks: [stack] }))).not.toContain("The channel is down");
    expect(print(aSnapshot({ stacks: [aStack({ findings: [aFinding(), follower] })] }))).toContain(
      "The channel is down (acme.channel.down)",
    );
  });

  it("tells the age of an old answer, and that a check is still being asked", () => {
    const checks = [aCheck({ ageMs: 65_000 }), aCheck({ id: "b", title: "Second", working: true, summary: "no answer yet" })];
    const text = print(aSnapshot({ stacks: [aStack({ checks })] }));
    expect(text).toContain("200 in 3 ms · 65 s ago");
    expect(text).toContain("asking… no answer yet");
  });

  it("leaves checks of the slow lane out and marks notes as no lamp", () => {
    const checks = [aCheck({ id: "deep", title: "Slow doctor", lane: "deep" }), aCheck({ id: "n", title: "A note", drivesLight: false })];
    const text = print(aSnapshot({ stacks: [aStack({ checks })] }));
    expect(text).not.toContain("Slow doctor");
    expect(text).toContain("· A note: 200 in 3 ms");
  });

  it("tells notes that say the same together", () => {
    const note = (id: string, summary: string) => aCheck({ id, title: id, summary, drivesLight: false });
    const checks = [note("Jobs", "not visible"), note("Logs", "nothing known"), note("Nodes", "not visible")];
    const text = print(aSnapshot({ stacks: [aStack({ checks })] }));
    expect(text).toContain("· Jobs, Nodes: not visible\n");
    expect(text).toContain("· Logs: nothing known\n");
  });

  it("puts the worst stack and the worst check first, and the ground last among equals", () => {
    const ground = aStack({ id: "machine", title: "Ground", ground: true, light: "grey", sentence: "Ground is unsure" });
    const bad = aStack({
      id: "b",
      title: "Bravo",
      light: "red",
      sentence: "Bravo fails",
      checks: [aCheck(), aCheck({ id: "x", title: "Broken", light: "red" })],
    });
    const text = print(aSnapshot({ stacks: [ground, aStack({ light: "grey", sentence: "Acme is unsure" }), bad] }));
    const order = ["Bravo fails", "Broken", "Answers", "Acme is unsure", "Ground is unsure"].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it("tells the steps of a remedy once, however many findings offer it", () => {
    const plans = new Map([["acme", new Map([["acme.auth.refused copy-token", plan]])]]);
    const stack = aStack({ findings: [aFinding(), aFinding({ code: "acme.other" })] });
    const text = print(aSnapshot({ stacks: [stack] }), 200, plans);
    expect(text.split("$ acme token").length).toBe(2);
    expect(text).toContain("Send the configured token (safe), as above.");
  });

  it("says where was looked when nothing is installed, and only then", () => {
    const ground = aStack({ id: "machine", title: "This machine", ground: true, sentence: "This machine is fine" });
    const missing = aStack({ id: "bravo", title: "Bravo", installed: false, looksFor: ["~/.bravo", "bravo on PATH"] });
    expect(print(aSnapshot({ stacks: [ground, missing] }))).toContain("Bravo would be at: ~/.bravo; bravo on PATH");
    const text = print(aSnapshot({ stacks: [ground, aStack(), missing] }));
    expect(text).toContain("Not found here: Bravo");
    expect(text).not.toContain("would be at");
    expect(print(aSnapshot({ settling: true, stacks: [aStack(), missing] }))).toContain("Not found so far: Bravo");
  });

  it("tells our own problems and the name of a demo", () => {
    const text = print(aSnapshot({ demo: "all-green", notes: ["config.yaml:3: not a number"] }));
    expect(text).toContain("[demo: all-green]");
    expect(text).toContain("! config.yaml:3: not a number");
  });

  it("keeps to the width of the screen, except for code and commands", () => {
    const lines = print(aRedSnapshot(), 40).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it("prints no escape sequence that came from outside, and no colour unless asked", () => {
    const finding = aFinding({ evidence: [{ source: "log", text: "\u001b]0;owned\u0007\u001b[2J", at: T0 }] });
    expect(print(aSnapshot({ stacks: [aStack({ findings: [finding] })] }))).not.toContain("\u001b");
    expect(print(aRedSnapshot(), 80, new Map(), true)).toContain("\u001b[31m⊖\u001b[39m");
  });
});
