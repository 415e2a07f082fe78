import { describe, expect, it } from "vitest";
import { aFinding, aRedSnapshot, aRepair, aSnapshot, aStack, type FakeAppOptions, fakeApp, T0 } from "../../../tests/support/fake-app.ts";
import { aPlan, begun, closedGate } from "../../../tests/support/scripted-repair.ts";
import { CallFailed } from "../../core/contract/errors.ts";
import { appTransport } from "../app-transport.ts";
import { trayRepairs } from "./tray-repairs.ts";

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function tray(handlers: NonNullable<FakeAppOptions["handlers"]> = {}) {
  const app = fakeApp({ handlers: { previewPlan: async () => aPlan(), ...handlers } });
  let changes = 0;
  const repairs = trayRepairs(appTransport(app), () => {
    changes += 1;
  });
  return { app, repairs, changes: () => changes, asked: () => app.calls.filter(({ name }) => name === "previewPlan").length };
}

describe("what the menu says about repairs", () => {
  it("has the plan of the top incident, asked for once while nothing is new", async () => {
    const { repairs, changes, asked } = tray();
    repairs.look(aRedSnapshot());
    expect(repairs.now().plan).toBeUndefined();
    await settle();
    expect(repairs.now().plan).toEqual({ stack: "acme", plan: aPlan() });
    repairs.look(aRedSnapshot({ at: T0 + 29_000 }));
    expect([changes(), asked()]).toEqual([1, 1]);
  });

  it("asks the gate again after half a minute, and shows the old answer meanwhile", async () => {
    let plan = aPlan({ gate: closedGate });
    const { repairs } = tray({ previewPlan: async () => plan });
    repairs.look(aRedSnapshot());
    await settle();
    plan = aPlan();
    repairs.look(aRedSnapshot({ at: T0 + 31_000 }));
    expect(repairs.now().plan?.plan.gate?.kind).toBe("closed");
    await settle();
    expect(repairs.now().plan?.plan.gate?.kind).toBe("open");
  });

  it("lets go of a plan with its incident, also when the answer comes late", async () => {
    const { repairs } = tray();
    repairs.look(aRedSnapshot());
    repairs.look(aSnapshot());
    await settle();
    expect(repairs.now().plan).toBeUndefined();
  });

  it("has no plan where there is none, or none can be had", async () => {
    const none = tray();
    none.repairs.look(aSnapshot({ light: "red", stacks: [aStack({ findings: [aFinding({ remedies: [] })] })] }));
    expect(none.asked()).toBe(0);
    const refused = tray({ previewPlan: () => Promise.reject(new CallFailed("not-found", "gone")) });
    refused.repairs.look(aRedSnapshot());
    await settle();
    expect(refused.repairs.now().plan).toBeUndefined();
  });

  it("follows the repair under way until its end", () => {
    const { app, repairs, changes } = tray();
    app.tell("repairProgress", begun());
    expect(repairs.now().running).toMatchObject({ id: "r1", state: "running" });
    app.tell("repairProgress", aRepair());
    expect([repairs.now().running, changes()]).toEqual([undefined, 2]);
    repairs.end();
    app.tell("repairProgress", begun());
    expect(repairs.now().running).toBeUndefined();
  });
});
