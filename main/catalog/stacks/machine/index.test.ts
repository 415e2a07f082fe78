import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../../tests/support/empty-world.ts";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { machine } from "./index.ts";

const GB = 1_073_741_824;
const disks = { "/": { path: "/", totalBytes: 500 * GB, freeBytes: 100 * GB } };

describe("the machine", () => {
  it("is always there, and is the ground, not a stack", async () => {
    expect(machine.ground).toBe(true);
    const found = await machine.locate(undefined, worldContext({ disks }).context);
    expect(found?.checks.map((one) => one.id)).toEqual(["memory", "disk", "clock"]);
    expect(found?.diagnose({ of: () => undefined, past: () => [], nowMs: 0 })).toEqual([]);
  });

  it("is green when there is enough of everything", async () => {
    const { context } = worldContext({ disks });
    const found = await machine.locate({}, context);
    const verdicts = await Promise.all((found?.checks ?? []).map(async (one) => one.judge(await one.observe(context), [])));
    expect(verdicts.map((verdict) => verdict.light)).toEqual(["green", "green", "green"]);
  });

  it("raises its findings by code, with values for their words", async () => {
    const host = { ...emptyWorld.host, memory: { ...emptyWorld.host.memory, availableBytes: 100_000_000 } };
    const { context } = worldContext({ host, disks: { "/": { path: "/", totalBytes: 500 * GB, freeBytes: GB } } });
    const found = await machine.locate({}, context);
    const verdicts = await Promise.all((found?.checks ?? []).map(async (one) => one.judge(await one.observe(context), [])));
    const raised = verdicts.flatMap((verdict) => verdict.findings ?? []);
    expect(raised.map((one) => one.code)).toEqual(["machine.memory.pressure", "machine.disk.full"]);
    for (const one of raised) {
      const kind = machine.findings.find((known) => known.code === one.code);
      const places = [...`${kind?.title} ${kind?.detail}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
      expect(Object.keys(one.params ?? {})).toEqual(expect.arrayContaining(places));
    }
  });

  it("watches the disks and limits of its settings", async () => {
    const { context } = worldContext({ disks: { "/data": { path: "/data", totalBytes: 500 * GB, freeBytes: 10 * GB } } });
    const found = await machine.locate({ disks: ["/data"], thresholds: { diskAmberBytes: 20 * GB } }, context);
    const disk = found?.checks.find((one) => one.id === "disk");
    expect(disk?.judge(await disk.observe(context), [])).toMatchObject({
      light: "amber",
      summary: "The disk of /data is nearly full (10 GB left)",
    });
  });

  it.each([{ disks: [] }, { disks: ["relative"] }, { disk: ["/"] }, { thresholds: { diskAmberBytes: "much" } }])(
    "refuses settings that do not fit: %j",
    async (settings) => {
      await expect(machine.locate(settings, worldContext().context)).rejects.toThrow();
    },
  );

  it("offers the remedies of its platform", async () => {
    const onMac = await machine.locate({}, worldContext({ platform: "macos" }).context);
    const onLinux = await machine.locate({}, worldContext().context);
    expect(onMac?.remedies.map((one) => one.id)).toContain("open-login-items");
    expect(onLinux?.remedies.map((one) => one.id)).toContain("enable-linger");
  });
});
