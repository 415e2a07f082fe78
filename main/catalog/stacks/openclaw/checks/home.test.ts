import { describe, expect, it } from "vitest";
import { moment, outside } from "../../../../../tests/support/openclaw-outside.ts";
import type { World } from "../../../../core/model/world.ts";
import { mac } from "../demos/mac-unit.ts";
import { macWorld } from "../demos/mac-world.ts";
import { locateOpenClaw } from "../locate.ts";
import { OpenClawSettings } from "../settings.ts";

const settings = OpenClawSettings.parse({});
const world = (over: Partial<World>): World => ({
  ...macWorld(moment, { gateway: "closed" }),
  files: {},
  services: {},
  commands: [],
  ...over,
});

describe("a home that may not be looked into", () => {
  it("is grey with its reason, and nothing else is claimed", async () => {
    const there = outside(world({ barred: [mac.home] }));
    const found = await locateOpenClaw(settings, there.context);
    expect(found?.checks.map(({ id }) => id)).toEqual(["home"]);
    const [check] = found?.checks ?? [];
    const verdict = check?.judge(await check.observe(there.context), []);
    expect(verdict).toEqual({
      light: "grey",
      summary: `Permission denied on ${mac.home}, so OpenClaw may be here unseen`,
    });
    expect(found?.diagnose({ of: () => undefined, past: () => [], nowMs: 0 })).toEqual([]);
    expect(there.nudged).toEqual([]);
  });

  it("has everything looked at again once it may be seen", async () => {
    const there = outside(world({ barred: [mac.home] }));
    const [check] = (await locateOpenClaw(settings, there.context))?.checks ?? [];
    there.set(world({}));
    const verdict = check?.judge(await check.observe(there.context), []);
    expect(verdict).toMatchObject({ light: "grey" });
    expect(there.nudged).toEqual([["*"]]);
  });

  it("is nothing of the kind when it is only empty", async () => {
    expect(await locateOpenClaw(settings, outside(world({})).context)).toBeNull();
  });
});
