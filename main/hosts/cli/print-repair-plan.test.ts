import { describe, expect, it } from "vitest";
import { aPlan, closedGate } from "../../../tests/support/scripted-repair.ts";
import type { Effect, PlannedEffect } from "../../core/model/plan.ts";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";
import { gateWords, printRepairPlan } from "./print-repair-plan.ts";

const planned = (effect: Effect, preview = "Do it", more: Partial<PlannedEffect> = {}): PlannedEffect => ({
  effect,
  preview,
  risk: "safe",
  ...more,
});

function printed(...effects: PlannedEffect[]): readonly string[] {
  const page = createPage(paintFor(false), Number.POSITIVE_INFINITY);
  const { gate: _gate, watchdogs: _watchdogs, ...plan } = aPlan({ effects });
  printRepairPlan(page, plan);
  return page.lines.slice(page.lines.indexOf("") + 1);
}

describe("a plan for a terminal", () => {
  it("shows a command with its folder, the names of variables and never their values, and what it restarts", () => {
    const effect: Effect = {
      do: "run-command",
      argv: ["acme", "set", "a b"],
      cwd: "/srv/a",
      envNames: ["ACME_TOKEN"],
      restarts: "org.acme",
    };
    expect(printed(planned(effect, "Set it"))).toEqual([
      "  1. Set it",
      "     Run",
      "     $ acme set 'a b'",
      "     folder   /srv/a",
      "     needs    ACME_TOKEN from the environment (values are never shown)",
      "     restarts org.acme",
    ]);
  });

  it("shows every line that is written and every path that is changed", () => {
    const effect: Effect = { do: "write-file", path: "/etc/acme", text: "a: 1\nb: 2\n" };
    expect(printed(planned(effect, "Write it", { touches: ["/etc/acme"] }))).toEqual([
      "  1. Write it",
      "     Replace /etc/acme",
      "     changes  /etc/acme",
      "     text     2 lines",
      "       | a: 1",
      "       | b: 2",
    ]);
  });

  it("names the process that is ended, and the address that is opened", () => {
    expect(printed(planned({ do: "end-process", pid: 42, startedMs: 0, name: "node" }))).toContain("     End node (process 42)");
    expect(printed(planned({ do: "open-url", url: "http://127.0.0.1/" }))).toContain("     → http://127.0.0.1/");
  });

  it("says what a person is to do, how long is waited for what, and what is looked at", () => {
    expect(printed(planned({ do: "ask-person", instruction: "Log in" }))).toContain("     you      Log in");
    const wait = printed(planned({ do: "wait", reason: "it boots", forMs: 240_000, until: "live" }));
    expect(wait.slice(1)).toEqual(["     Wait up to 4 min", "     because  it boots", "     until    live is green"]);
    expect(printed(planned({ do: "recheck", check: "live" }))).toContain("     check    live");
  });

  it("lets no text of a file move the cursor", () => {
    expect(printed(planned({ do: "write-file", path: "/a", text: "x\u001b[2J" })).join()).not.toContain("\u001b");
  });
});

describe("the gate in words", () => {
  it("says until when, where time can help, and nothing while it is open", () => {
    expect(gateWords(aPlan({ gate: closedGate }))).toMatch(/190 s\. Ask again after \d\d:13:46\.$/);
    const { retryAtMs: _, ...forPerson } = closedGate;
    expect(gateWords(aPlan({ gate: { ...forPerson, sentence: "Stopped by you." } }))).toBe("Stopped by you.");
    expect(gateWords(aPlan())).toBeUndefined();
  });
});
