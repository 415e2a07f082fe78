import { describe, expect, it } from "vitest";
import { aFinding, aSnapshot, aStack } from "../../../tests/support/fake-app.ts";
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
