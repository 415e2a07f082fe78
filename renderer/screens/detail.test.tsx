import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { green, grey, NIGHT, red } from "../../tests/support/snapshots.ts";
import { FindingDetail } from "./finding-detail.tsx";
import { PlanPreview } from "./plan-preview.tsx";
import { StackDetail } from "./stack-detail.tsx";

const mismatch = { stack: "openclaw", code: "openclaw.auth.token-mismatch" } as const;
const planOf = (remedy: string) => ({ screen: "plan", ...mismatch, remedy }) as const;

describe("a finding in full", () => {
  it("says what, since when, what was seen, what it is not, what follows", async () => {
    const { text, texts } = await draw(<FindingDetail {...mismatch} />, { snapshot: red });
    expect(text(".finding-title")).toBe("OpenClaw rejects the shared token");
    expect(text(".lead-box .when")).toMatch(/^For 14 min · since .*58:40/);
    expect(texts(".evidence > li")).toHaveLength(3);
    expect(text(".evidence > li")).toMatch(/^WebSocket connect8 s ago · .*12:32.*AUTH_TOKEN_MISMATCH/);
    expect(texts(".ruled-out li")[0]).toBe("The gateway is down: it answers on 18789 and is ready");
    expect(text("#followers + .rows")).toContain("3 channels cannot report");
    expect(text(".codes")).toBe("openclaw.auth.token-mismatch O10");
  });

  it("names each remedy for its outcome and says what it risks", async () => {
    const { texts, find } = await draw(<FindingDetail {...mismatch} />, { snapshot: red });
    expect(texts("#remedies + .rows a")).toEqual(["Give both sides the same token…Interrupts work", "Compare the two tokens…Safe"]);
    expect(find("#remedies + .rows a").getAttribute("href")).toBe("#/plan/openclaw/openclaw.auth.token-mismatch/reinstall-unit");
  });

  it("stays readable after it was solved", async () => {
    const page = await draw(<FindingDetail {...mismatch} />, {
      snapshot: red,
      actions: [{ type: "went", view: { screen: "finding", ...mismatch } }],
    });
    await page.send({ type: "snapshot", snapshot: { ...green, at: NIGHT + 1 }, receivedAt: 0 });
    expect(page.text(".lead-box .when")).toBe("No longer seen in the newest look");
    expect(page.text(".cause")).toContain("both agree again");
  });

  it("leads back to the overview when it never was here", async () => {
    const { text, find } = await draw(<FindingDetail {...mismatch} />, { snapshot: green });
    expect(text("h1")).toBe("Not here any more");
    expect(find("main a").getAttribute("href")).toBe("#/");
  });

  it("copies its own report and goes back", async () => {
    const page = await draw(<FindingDetail {...mismatch} />, {
      snapshot: red,
      actions: [{ type: "went", view: { screen: "finding", ...mismatch } }],
    });
    await page.press("Copy report");
    expect(page.copied).toEqual(["report of openclaw openclaw.auth.token-mismatch"]);
    await page.press("Back");
    expect(page.backs()).toBe(1);
  });
});

describe("a plan before anybody runs it", () => {
  it("says what it interrupts, how to undo it, how it is proved, and every step in order", async () => {
    const { text, texts } = await draw(<PlanPreview view={planOf("reinstall-unit")} />, { snapshot: red });
    expect(text(".plan-title")).toBe("Give both sides the same token");
    expect(texts("dt")).toEqual(["Interrupts", "Undo", "Proof"]);
    expect(text("dd")).toContain("2 running agent turns will be resumed");
    expect(texts(".step-kind")).toEqual([
      "Run",
      "Replace /home/ada/.config/openclaw/gateway.env",
      "RunInterrupts work",
      "Wait 4 min",
      "Check again",
    ]);
    expect(text()).toContain("Nothing has been run yet.");
  });

  it("copies all commands, in order", async () => {
    const { press, copied } = await draw(<PlanPreview view={planOf("reinstall-unit")} />, { snapshot: red });
    await press("Copy all commands");
    expect(copied[0]?.split("\n")[0]).toBe("openclaw config get gateway.auth.mode");
    expect(copied[0]?.split("\n")).toHaveLength(2);
  });

  it("looks again at that stack when told that it is done, and says what it found", async () => {
    const { press, core, text } = await draw(<PlanPreview view={planOf("reinstall-unit")} />, { snapshot: red });
    expect(text()).toContain("The newest look still finds this problem.");
    core.show(green);
    await press("Done that?");
    expect(core.asked).toContain('probeNow {"stack":"openclaw"}');
    expect(text()).toContain("The newest look no longer finds this problem.");
  });

  it("says so when there is no such plan any more", async () => {
    const { text, all } = await draw(<PlanPreview view={planOf("gone")} />, { snapshot: red, refuse: ["previewPlan"] });
    expect(text('[role="alert"]')).toContain("This front of Lamplighter cannot do that.");
    expect(all(".step")).toEqual([]);
  });
});

describe("a system in full", () => {
  it("parts what makes the lamp, notes, and slow looks", async () => {
    const { text, texts } = await draw(<StackDetail id="openclaw" />, { snapshot: red });
    expect(texts("#checks + .checks .check-title")).toHaveLength(8);
    expect(texts("#notes ~ .checks .check-title")).toEqual(["Installed versions"]);
    expect(texts("#deep ~ .checks .check-title")).toEqual(["openclaw doctor --lint"]);
    expect(text(".finding-title")).toContain("rejects the shared token");
  });

  it("puts roots before what follows from them", async () => {
    const { all } = await draw(<StackDetail id="openclaw" />, { snapshot: red });
    const rows = all("#findings + .rows a");
    expect(rows[0]?.className).toBe("row");
    expect(rows.slice(1).every((row) => row.className === "row follower")).toBe(true);
  });

  it("hatches facts that went stale", async () => {
    const { all } = await draw(<StackDetail id="nanoclaw" />, { snapshot: grey });
    expect(all(".check.stale")).toHaveLength(4);
  });

  it("says where it looked for a system that is not here", async () => {
    const { text, texts } = await draw(<StackDetail id="sanctum" />, { snapshot: green });
    expect(text()).toContain("Sanctum is not on this machine. This is where we looked:");
    expect(texts("main li")).toEqual(["~/.sanctum/instance.yaml", "service units that start with com.sanctum"]);
  });

  it("does not break on a name it does not know", async () => {
    const { text } = await draw(<StackDetail id="nobody" />, { snapshot: green });
    expect(text("h1")).toBe("Unknown system");
  });
});
