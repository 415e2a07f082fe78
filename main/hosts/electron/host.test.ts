import { describe, expect, it } from "vitest";
import { electronDouble, MenubarDouble, type MenuRow } from "../../../tests/support/electron-double.ts";
import { aFinding, aSnapshot, aStack, fakeApp } from "../../../tests/support/fake-app.ts";
import { begun } from "../../../tests/support/scripted-repair.ts";
import { startHost } from "./host.ts";
import { PAGE_URL } from "./surface.ts";

async function started(platform: "darwin" | "linux" = "linux") {
  const electron = electronDouble({ packaged: platform === "darwin" });
  let resumes = 0;
  const lamplighter = {
    ...fakeApp(),
    resumed: () => {
      resumes += 1;
    },
  };
  let bar: MenubarDouble | undefined;
  const demos: string[] = [];
  const host = await startHost({
    electron: electron.surface,
    menubar: ((options: Record<string, unknown>) => (bar = new MenubarDouble(options))) as never,
    lamplighter,
    demos: {
      open: async (scenario) => {
        demos.push(scenario);
        return { url: `http://127.0.0.1:1/open?key=${scenario}` };
      },
      close: async () => {},
    },
    page: new Map(),
    platform,
    env: {},
    icons: "/icons",
    preload: "/preload.cjs",
    wait: () => () => {},
  });
  const tray = electron.trays[0];
  if (tray === undefined || bar === undefined) throw new Error("no tray");
  const row = (label: string, rows: MenuRow[] = tray.menu): MenuRow | undefined =>
    rows.flatMap((r) => [r, ...(r.submenu ?? [])]).find((r) => r.label === label);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { ...electron, lamplighter, host, tray, bar, row, demos, settle, resumes: () => resumes };
}

const red = aSnapshot({
  light: "red",
  sentence: "Acme refuses the shared token",
  stacks: [aStack({ light: "red", findings: [aFinding()] })],
});

describe("the host", () => {
  it("starts looking at once, with nobody watching, and shows that it does", async () => {
    const { tray, lamplighter } = await started();
    expect(tray.image).toEqual({ path: "/icons/working.png" });
    expect(lamplighter.started()).toBe(true);
    expect(lamplighter.calls).toContainEqual({ name: "setAttention", input: { visible: false } });
  });

  it("keeps icon, tooltip, menu and notice in step with the light", async () => {
    const { tray, lamplighter, notices, row } = await started();
    lamplighter.push(red);
    expect(tray.image).toEqual({ path: "/icons/problem.png" });
    expect(tray.tip).toBe("Lamplighter: problem. Acme refuses the shared token");
    expect(row("■  Acme refuses the shared token…")).toBeDefined();
    expect(notices.map((n) => [n.title, n.shown])).toEqual([["Acme: problem", true]]);
    lamplighter.push(red);
    expect(notices).toHaveLength(1);
    lamplighter.push(aSnapshot());
    expect([notices[0]?.closed, tray.image]).toEqual([true, { path: "/icons/ok.png" }]);
  });

  it("does not touch the tray when nothing changed", async () => {
    const { tray, lamplighter } = await started();
    lamplighter.push(red);
    const before = tray.images;
    lamplighter.push(red);
    expect(tray.images).toBe(before);
  });

  it("leads from the top incident to its plan, and says how far a repair is", async () => {
    const { row, lamplighter, bar, settle } = await started();
    lamplighter.push(red);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(row("Send the configured token")).toMatchObject({ enabled: false });
    row("Repair…")?.click?.();
    await settle();
    expect(bar.window?.loaded).toEqual([`${PAGE_URL}#/plan/acme/acme.auth.refused/copy-token`]);
    lamplighter.tell("repairProgress", begun());
    expect(row("Repairing: step 1 of 2")).toBeDefined();
  });

  it("does what the menu says", async () => {
    const { row, lamplighter, clipboard, opened, bar, app, settle } = await started();
    lamplighter.push(red);
    row("Check now")?.click?.();
    row("Copy report")?.click?.();
    row("Open Lamplighter")?.click?.();
    row("Quit Lamplighter")?.click?.();
    const demo = row("Show a demo")?.submenu?.[0];
    demo?.click?.();
    await settle();
    expect(lamplighter.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(["probeNow", "describeForCopy"]));
    expect(clipboard).toHaveLength(1);
    expect([bar.made, app.quits]).toEqual([1, 1]);
    expect(opened).toEqual(["http://127.0.0.1:1/open?key=all-green"]);
  });

  it("says that somebody looks while the page is open, and opens for a notice and a second start", async () => {
    const { lamplighter, notices, bar, app } = await started();
    lamplighter.push(red);
    notices[0]?.emit("click");
    expect(bar.made).toBe(1);
    expect(lamplighter.calls.at(-1)).toEqual({ name: "setAttention", input: { visible: true } });
    bar.hideWindow();
    expect(lamplighter.calls.at(-1)).toEqual({ name: "setAttention", input: { visible: false } });
    bar.window?.close();
    app.emit("second-instance");
    expect(bar.made).toBe(2);
  });

  it("drops old answers after sleep, and stops everything on quit", async () => {
    const { powerMonitor, lamplighter, app, settle, resumes } = await started();
    powerMonitor.emit("resume");
    expect(resumes()).toBe(1);
    app.emit("will-quit");
    await settle();
    expect(lamplighter.stopped()).toBe(true);
  });

  it("leaves the click to the popover on macOS and offers the menu on the right button", async () => {
    const { tray, lamplighter, row } = await started("darwin");
    lamplighter.push(red);
    expect([tray.image, tray.menu]).toEqual([{ path: "/icons/problemTemplate.png" }, []]);
    tray.emit("right-click");
    const mark = row("Coloured mark beside the icon", tray.popped);
    mark?.click?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(tray.title).toContain("!!");
  });
});
