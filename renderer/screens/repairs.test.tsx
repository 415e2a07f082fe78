import { describe, expect, it } from "vitest";
import { CallFailed } from "../../main/core/contract/errors.ts";
import { draw, settle } from "../../tests/support/draw.tsx";
import {
  askingRun,
  closedPlan,
  cutRun,
  destructivePlan,
  failedRun,
  journalLines,
  openPlan,
  receiptRun,
  runningRun,
  stoppedByAda,
  withRepairs,
} from "../../tests/support/repair-pages.ts";
import { green, NIGHT, red } from "../../tests/support/snapshots.ts";
import type { Action, Repairs as Lists } from "../state/state.ts";
import { Overview } from "./overview.tsx";
import { PlanPreview } from "./plan-preview.tsx";
import { RepairScreen } from "./repair-screen.tsx";
import { Repairs } from "./repairs.tsx";
import { StackDetail } from "./stack-detail.tsx";

const view = { screen: "plan", stack: "openclaw", code: "openclaw.auth.token-mismatch", remedy: "reinstall-unit" } as const;
const lists = (over: Partial<Lists> = {}): Action => ({
  type: "repairs",
  repairs: { running: [], interrupted: [], ended: [], intents: [], ...over },
});

const drawPlan = (plan: typeof openPlan, more: Parameters<typeof draw>[1] = {}) =>
  draw(<PlanPreview view={view} />, {
    snapshot: red,
    answers: { previewPlan: async () => plan, startRepair: async () => runningRun },
    ...more,
  });

describe("a plan that may begin", () => {
  it("has one button, named for its outcome, that asks before it interrupts", async () => {
    const page = await drawPlan(openPlan);
    expect(page.texts(".deeds .primary")).toEqual(["Give both sides the same token…"]);
    await page.press("Give both sides the same token…");
    expect(page.text("dialog")).toContain("2 running agent turns will be resumed");
    expect(page.core.asked.some((call) => call.startsWith("startRepair"))).toBe(false);
    page.find("dialog .primary").click();
    await settle();
    expect(page.core.asked.filter((call) => call.startsWith("startRepair"))).toEqual([
      'startRepair {"stack":"openclaw","code":"openclaw.auth.token-mismatch","remedy":"reinstall-unit","confirmed":"once"}',
    ]);
    expect(page.went).toEqual([{ screen: "repair", id: runningRun.id }]);
  });

  it("is not begun when it is not wanted now", async () => {
    const page = await drawPlan(openPlan);
    await page.press("Give both sides the same token…");
    await page.press("Not now");
    expect(page.all("dialog")).toEqual([]);
    expect(page.core.asked.some((call) => call.startsWith("startRepair"))).toBe(false);
  });

  it("begins at once when it interrupts nothing, and does not promise a question", async () => {
    const page = await drawPlan({ ...openPlan, risk: "safe", title: "Read the token again" });
    expect(page.texts(".deeds .primary")).toEqual(["Read the token again"]);
    await page.press("Read the token again");
    expect(page.went).toHaveLength(1);
  });

  it("asks twice before it destroys; the word must be typed, and the price is named", async () => {
    const page = await drawPlan(destructivePlan);
    expect(page.all(".primary")).toEqual([]);
    await page.press("Clear the broken sessions…");
    await page.press("Go on…");
    expect(page.text("dialog")).toContain("The conversations in these sessions are lost for good.");
    page.find("dialog .danger").click();
    await settle();
    expect(page.went).toEqual([]);
    const field = page.find<HTMLInputElement>("dialog input");
    field.value = "clear-sessions";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    page.find("dialog .danger").click();
    await settle();
    expect(page.core.asked.at(-1)).toContain('"confirmed":"twice"');
    expect(page.went).toHaveLength(1);
  });

  it("says a refusal beside the plan and stays", async () => {
    const page = await drawPlan(
      { ...openPlan, risk: "safe" },
      {
        answers: {
          previewPlan: async () => ({ ...openPlan, risk: "safe" }),
          startRepair: () => Promise.reject(new CallFailed("busy", "Process 77 repairs this now.")),
        },
      },
    );
    page.find(".deeds .primary").click();
    await settle();
    expect(page.text('[role="alert"]')).toBe("Process 77 repairs this now.");
    expect(page.went).toEqual([]);
  });
});

describe("a plan that may not begin", () => {
  it("says why, until when, and who else restarts the same thing; its button is shut", async () => {
    const page = await drawPlan(closedPlan);
    expect(page.text(".gate")).toContain("Not yet: the gateway is booting, 84 s of a usual 190 s");
    expect(page.text(".gate")).toContain("Asking again in 1:46");
    expect(page.texts("#watchdogs + .evidence .check-title")).toEqual(["crontab line 4", "gateway-guard.timer"]);
    expect(page.find(".deeds .primary").getAttribute("aria-disabled")).toBe("true");
    page.find(".deeds .primary").click();
    await settle();
    expect(page.all("dialog")).toEqual([]);
  });

  it("asks the gate again by itself when the time has come, and when told", async () => {
    let plan = { ...closedPlan, gate: { ...closedPlan.gate, retryAtMs: NIGHT + 6_000 } } as typeof closedPlan;
    const page = await drawPlan(plan, {
      answers: {
        previewPlan: async ({ brief }) => {
          const answer = plan;
          if (brief !== true) plan = openPlan;
          return answer;
        },
      },
    });
    expect(page.all(".gate")).toHaveLength(1);
    await page.pass(6_000);
    expect(page.all(".gate")).toEqual([]);
    expect(page.find(".deeds .primary").getAttribute("aria-disabled")).toBe("false");
  });

  it("is shut until the gate has answered", async () => {
    const page = await drawPlan(openPlan, {
      answers: { previewPlan: ({ brief }) => (brief === true ? Promise.resolve(openPlan) : new Promise(() => {})) },
    });
    expect(page.text(".deeds")).toContain("Asking whether now is a good time…");
    expect(page.find(".deeds .primary").getAttribute("aria-disabled")).toBe("true");
  });

  it("has no button of ours when every step is for a person", async () => {
    const page = await drawPlan({ ...openPlan, runnable: false });
    expect(page.all(".deeds")).toEqual([]);
    expect(page.text()).toContain("These are the steps, for you to run.");
  });
});

describe("a repair under way", () => {
  it("shows each step's state as a word, what is said, and can be cancelled", async () => {
    const page = await draw(<RepairScreen id={runningRun.id} />, { actions: [lists({ running: [runningRun] })] });
    expect(page.text("h1")).toBe("Repairing");
    expect(page.text(".lead-box")).toContain("Step 3 of 4");
    expect(page.texts(".run-step .unseen:first-of-type").slice(0, 4)).toEqual(["Done:", "Copy output", "Done:", "Running:"]);
    expect(page.text('[aria-current="step"]')).toContain("Booting, 31 s of a usual 190 s");
    await page.press("Cancel");
    expect(page.core.asked).toContain(`cancelRepair {"id":"${runningRun.id}"}`);
  });

  it("asks with the focus on the question, and passes the answer on", async () => {
    const page = await draw(<RepairScreen id={askingRun.id} />, { actions: [lists({ running: [askingRun] })] });
    expect(page.text(".question")).toContain("press “Allow”");
    expect(document.activeElement?.textContent).toBe("Step 3 needs you");
    expect(page.texts(".question .actions button")).toEqual(["Done", "Leave this out", "Stop here"]);
    await page.press("Copy instruction");
    expect(page.copied).toEqual([askingRun.question?.text]);
    await page.press("Leave this out");
    expect(page.core.asked.at(-1)).toBe(`answerRepair {"id":"${askingRun.id}","answer":"skip"}`);
  });

  it("is fetched when the page does not know it, and says so when nobody does", async () => {
    const page = await draw(<RepairScreen id={receiptRun.id} />, { answers: withRepairs({ ended: [receiptRun] }) });
    expect(page.text("h1")).toBe("Receipt");
    const none = await draw(<RepairScreen id="zzz" />, {
      answers: { getRepair: () => Promise.reject(new CallFailed("not-found", "no such repair")) },
    });
    expect(none.text('[role="alert"]')).toContain("no longer there");
  });
});

describe("a receipt", () => {
  it("says what came of it, before and after, what proved it, and every step", async () => {
    const page = await draw(<RepairScreen id={receiptRun.id} />, { actions: [lists({ ended: [receiptRun] })] });
    expect(page.text(".finding-title")).toBe("Repaired and proved");
    expect(page.texts(".plan-terms dt")).toEqual(["Before", "After", "Proved by"]);
    expect(page.texts(".run-step")).toHaveLength(4);
    await page.press("Copy receipt");
    expect(page.copied[0]).toContain("proved by Connection with the shared token, Channels");
  });

  it("opens what a failed step said", async () => {
    const page = await draw(<RepairScreen id={failedRun.id} />, { actions: [lists({ ended: [failedRun] })] });
    expect(page.text(".finding-title")).toBe("It did not work");
    expect(page.find<HTMLDetailsElement>(".run-failed details").open).toBe(true);
    expect(page.text(".run-failed pre")).toContain("the unit file is not writable");
    expect(page.texts(".plan-terms dt")).toEqual(["Before", "After"]);
  });

  it("is undone after one question; over somebody else's changes only after two", async () => {
    let refuses = true;
    const page = await draw(<RepairScreen id={receiptRun.id} />, {
      actions: [lists({ ended: [receiptRun] })],
      answers: {
        ...withRepairs({ ended: [receiptRun] }),
        undoRepair: () =>
          refuses
            ? Promise.reject(new CallFailed("refused", "Somebody changed gateway.env since."))
            : Promise.resolve({ ...receiptRun, undo: "done" }),
      },
    });
    await page.press("Undo…");
    page.find("dialog .primary").click();
    await settle();
    expect(page.text('[role="alert"]')).toBe("Somebody changed gateway.env since.");
    refuses = false;
    await page.press("Undo anyway…");
    await page.press("Go on…");
    const field = page.find<HTMLInputElement>("dialog input");
    field.value = receiptRun.remedy;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    page.find("dialog .danger").click();
    await settle();
    expect(page.core.asked).toContain(`undoRepair {"id":"${receiptRun.id}","force":true}`);
  });
});

describe("a repair that was cut off", () => {
  it("is the first thing on the overview, with the three ways on", async () => {
    const page = await draw(<Overview />, { snapshot: red, actions: [lists({ interrupted: [cutRun] })], answers: withRepairs() });
    expect(page.text("main > :first-child")).toContain("A repair was cut off in the middle.");
    expect(page.texts(".cut-off button")).toEqual(["Finish it…", "Undo…", "Leave it"]);
    await page.press("Leave it");
    expect(page.core.asked).toContain(`resumeRepair {"id":"${cutRun.id}","how":"leave"}`);
    expect(page.all(".cut-off")).toEqual([]);
  });

  it("goes on only after a question, and cannot be undone when it changed no file", async () => {
    const page = await draw(<Overview />, {
      snapshot: red,
      actions: [lists({ interrupted: [{ ...cutRun, undo: "not-needed" }] })],
      answers: withRepairs(),
    });
    expect(page.texts(".cut-off button")).toEqual(["Finish it…", "Leave it"]);
    await page.press("Finish it…");
    page.find("dialog .primary").click();
    await settle();
    expect(page.core.asked).toContain(`resumeRepair {"id":"${cutRun.id}","how":"finish"}`);
  });

  it("shows where it was cut", async () => {
    const page = await draw(<RepairScreen id={cutRun.id} />, { actions: [lists({ interrupted: [cutRun] })] });
    expect(page.text("h1")).toBe("Cut off");
    expect(page.text(".finding-title")).toBe("Cut off in the middle");
    expect(page.text(".run-running .when")).toBe("Cut off here");
  });
});

describe("the list of repairs", () => {
  it("leads to every receipt, and says that the journal is whole", async () => {
    const page = await draw(<Repairs />, {
      answers: {
        ...withRepairs({ ended: [receiptRun, failedRun], running: [runningRun] }),
        readJournal: async () => ({ lines: journalLines, whole: true }),
      },
    });
    expect(page.texts(".row")).toEqual([
      expect.stringMatching(/Step 3 of 4/),
      expect.stringMatching(/Repaired and proved/),
      expect.stringMatching(/It did not work/),
    ]);
    expect(page.text("#journal + p")).toContain("The record is whole.");
    expect(page.texts(".journal li")[0]).toContain("Ended, verified");
  });

  it("says that the record is damaged, and how; and that nothing was done yet", async () => {
    const page = await draw(<Repairs />, {
      answers: { ...withRepairs(), readJournal: async () => ({ lines: [], whole: false, damage: "line 3 was changed" }) },
    });
    expect(page.text()).toContain("The record is damaged: line 3 was changed.");
    expect(page.text(".lead")).toContain("has not repaired anything here yet");
  });
});

describe("a stack that a person stopped", () => {
  it("says who and when, and offers to start it behind a fold", async () => {
    const page = await draw(<StackDetail id="openclaw" />, { snapshot: green, actions: [lists({ intents: [stoppedByAda] })] });
    expect(page.text("main .note")).toMatch(/^Stopped by you \(ada\) at .*09:40/);
    expect(page.all("details a").map((link) => link.getAttribute("href"))).toEqual([
      "#/operate/openclaw/start",
      "#/operate/openclaw/stop",
      "#/operate/openclaw/restart",
    ]);
  });

  it("is started through the same plan, question and receipt", async () => {
    const page = await draw(<PlanPreview view={{ screen: "operate", stack: "openclaw", action: "start" }} />, {
      answers: { previewOperation: async () => openPlan, operateStack: async () => runningRun },
    });
    expect(page.text()).not.toContain("Done that? Check again");
    await page.press("Give both sides the same token…");
    page.find("dialog .primary").click();
    await settle();
    expect(page.core.asked).toContain('operateStack {"stack":"openclaw","action":"start"}');
    expect(page.went).toEqual([{ screen: "repair", id: runningRun.id }]);
  });
});
