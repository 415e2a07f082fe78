import { describe, expect, it } from "vitest";
import { toHash } from "../../../renderer/state/view.ts";
import { aFinding, aRedSnapshot, aSnapshot, aStack } from "../../../tests/support/fake-app.ts";
import { aPlan, asking, begun, closedGate } from "../../../tests/support/scripted-repair.ts";
import type { RepairRun } from "../../core/model/receipt.ts";
import { type TrayRow, trayRows } from "./tray-menu.ts";

const labels = (rows: readonly TrayRow[]): string[] => rows.map((row) => (row.kind === "separator" ? "-" : row.label));

describe("the menu that carries the whole triage", () => {
  it("says the sentence first, then what is wrong, then each stack", () => {
    const red = aSnapshot({
      light: "red",
      sentence: "Acme refuses the shared token",
      stacks: [
        aStack({
          light: "red",
          sentence: "Acme refuses the shared token",
          findings: [aFinding(), aFinding({ code: "acme.x.follower", root: false, title: "A consequence" })],
        }),
      ],
    });
    expect(labels(trayRows(red, { demos: [] })).slice(0, 4)).toEqual([
      "■  Acme refuses the shared token",
      "■  Acme refuses the shared token…",
      "-",
      "■  Acme: Acme refuses the shared token",
    ]);
    expect(labels(trayRows(red, { demos: [] }))).not.toContain("■  A consequence…");
  });

  it("puts the plan of the top incident under it, with the gate's reason and the way to it", () => {
    const red = aRedSnapshot();
    const { code } = aFinding();
    const plan = { stack: "acme", plan: aPlan({ gate: closedGate }) };
    const row = trayRows(red, { demos: [], repairs: { plan } })[1];
    expect(row).toEqual({
      kind: "group",
      label: "■  Acme refuses the shared token…",
      rows: [
        { kind: "text", label: "Restart Acme with the configured token" },
        { kind: "text", label: "Not yet: Acme is booting, 84 s of a usual 190 s" },
        {
          kind: "action",
          label: "Repair…",
          action: { do: "open", place: toHash({ screen: "plan", stack: "acme", code, remedy: "copy-token" }) },
        },
        { kind: "action", label: "Details…", action: { do: "open", place: toHash({ screen: "finding", stack: "acme", code }) } },
      ],
    });
    const open = trayRows(red, { demos: [], repairs: { plan: { stack: "acme", plan: aPlan() } } })[1];
    expect(open?.kind === "group" ? labels(open.rows) : []).toEqual(["Restart Acme with the configured token", "Repair…", "Details…"]);
  });

  it("never shows the plan of another incident", () => {
    const plan = { stack: "acme", plan: aPlan({ code: "acme.other.problem" }) };
    expect(trayRows(aRedSnapshot(), { demos: [], repairs: { plan } })[1]?.kind).toBe("action");
  });

  it("puts red before amber, whichever stack comes first", () => {
    const amber = aStack({ findings: [aFinding({ light: "amber", title: "A small thing" })] });
    const red = aStack({ id: "bravo", findings: [aFinding({ title: "A big thing" })] });
    expect(labels(trayRows(aSnapshot({ light: "red", stacks: [amber, red] }), { demos: [] })).slice(1, 3)).toEqual([
      "■  A big thing…",
      "▲  A small thing…",
    ]);
  });

  it("says how far a repair is, and leads to it", () => {
    const row = (run: RepairRun) => trayRows(aRedSnapshot(), { demos: [], repairs: { running: run } })[1];
    expect(row(begun())).toEqual({
      kind: "action",
      label: "Repairing: step 1 of 2",
      action: { do: "open", place: toHash({ screen: "repair", id: "r1" }) },
    });
    expect(row(asking({ kind: "do", step: 0, text: "Log in" }))).toMatchObject({ label: "A repair needs you: step 1 of 2…" });
    expect(row(begun({ state: "verifying" }))).toMatchObject({ label: "Repairing: checking the result" });
  });

  it("shows five causes at most", () => {
    const many = aSnapshot({
      light: "red",
      stacks: [aStack({ light: "red", findings: Array.from({ length: 9 }, (_, i) => aFinding({ code: `acme.x.n${i}` })) })],
    });
    expect(labels(trayRows(many, { demos: [] })).filter((l) => l.endsWith("…"))).toHaveLength(5);
  });

  it("works before the first look and with nothing installed", () => {
    expect(labels(trayRows(undefined, { demos: [] }))[0]).toBe("?  Looking at your stacks…");
    const empty = aSnapshot({ light: "grey", sentence: "No agent stack found on this machine", stacks: [aStack({ installed: false })] });
    expect(labels(trayRows(empty, { demos: [{ id: "calm", title: "All green" }] }))).toEqual([
      "?  No agent stack found on this machine",
      "-",
      "Open Lamplighter",
      "Check now",
      "Copy report",
      "Show a demo",
      "-",
      "Quit Lamplighter",
    ]);
  });

  it("offers only what exists here, ticked as it is", () => {
    const rows = trayRows(undefined, { demos: [], login: true, title: false });
    expect(rows.filter((r) => r.kind === "action" && r.checked !== undefined)).toEqual([
      { kind: "action", label: "Start at login", checked: true, action: { do: "login", on: false } },
      { kind: "action", label: "Coloured mark beside the icon", checked: false, action: { do: "title", on: true } },
    ]);
  });
});
