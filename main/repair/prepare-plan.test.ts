import { describe, expect, it } from "vitest";
import { actingOn, newDisk } from "../../tests/support/acting-double.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import type { Effect, Plan } from "../core/model/plan.ts";
import type { ServiceControl } from "../core/ports/service-control.ts";
import { planOf, preparePlan } from "./prepare-plan.ts";

const control: ServiceControl = {
  commands: async (action, label) => [
    ["systemctl", "--user", "daemon-reload"],
    ["systemctl", "--user", action, label],
  ],
  act: async () => ({ kind: "done", detail: "" }),
  lastLines: async () => [],
};
const acting = actingOn(newDisk(), manualClock(), { control });
const planWith = (...effects: Effect[]): Plan => ({
  code: "pigeon.part.broken",
  remedy: "mend",
  title: "Mend",
  risk: "safe",
  interrupts: "",
  undo: "",
  verify: "",
  effects: effects.map((effect) => ({ effect, preview: "p", risk: "safe" })),
});

const unit: Effect = { do: "service-unit", action: "restart", label: "pigeon.service" };
const ask: Effect = { do: "ask-person", instruction: "Look." };

describe("a plan that is shown", () => {
  it("has the exact commands of the service manager and every path that changes", async () => {
    const prepared = await preparePlan(
      planWith(
        unit,
        { do: "copy-file", from: "/a/b", to: "/a/c" },
        { do: "write-file", path: "/a/d", text: "" },
        { do: "remove-file", path: "/a/e" },
        { do: "set-mode", path: "/a/f", mode: 0o600 },
        { do: "recheck", check: "x" },
      ),
      acting,
    );
    expect(prepared.effects[0]?.commands).toEqual([
      ["systemctl", "--user", "daemon-reload"],
      ["systemctl", "--user", "restart", "pigeon.service"],
    ]);
    expect(prepared.effects.map(({ touches }) => touches)).toEqual([undefined, ["/a/c"], ["/a/d"], ["/a/e"], ["/a/f"], undefined]);
  });

  it("says whether there is anything for us to run", async () => {
    expect((await preparePlan(planWith(ask, unit), acting)).runnable).toBe(true);
    expect((await preparePlan(planWith(ask, { do: "recheck", check: "x" }, { do: "wait", reason: "r", forMs: 5 }), acting)).runnable).toBe(
      false,
    );
    expect((await preparePlan(planWith(unit), undefined)).runnable).toBe(false);
  });

  it("is refused whole, with the step, when one value is not what it should be", async () => {
    const plan = planWith(ask, { do: "service-unit", action: "start", label: "--now" });
    await expect(preparePlan(plan, acting)).rejects.toMatchObject({
      code: "refused",
      message: expect.stringMatching(/^Step 2 .*because "--now"/),
    });
  });

  it("is that of the remedy with the values of its finding", () => {
    const remedy = {
      id: "mend",
      title: "Mend",
      kind: "plan" as const,
      risk: "disruptive" as const,
      interrupts: "i",
      undo: "u",
      verify: "v",
      plan: (params: Readonly<Record<string, string | number>>) => [
        { effect: { ...unit, label: String(params["label"]) }, preview: "p", risk: "safe" as const },
      ],
    };
    expect(planOf("pigeon.part.broken", { remedy, params: { label: "crow" } })).toMatchObject({
      code: "pigeon.part.broken",
      remedy: "mend",
      risk: "disruptive",
      effects: [{ effect: { label: "crow" } }],
    });
  });
});
