import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../../tests/support/empty-world.ts";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { HostFacts } from "../../../core/ports/machine.ts";
import { clockJumpMs, type HostSeen, hostProbe } from "./index.ts";

const GB = 1_073_741_824;
const memory = (more: Partial<HostFacts["memory"]>): HostFacts => ({
  ...emptyWorld.host,
  memory: { totalBytes: 16 * GB, availableBytes: 8 * GB, swapTotalBytes: 4 * GB, swapUsedBytes: 0, ...more },
});
const part = (name: "memory" | "disk" | "clock") =>
  check({ id: name, title: name }, hostProbe, { parts: [name], paths: ["/home/sam"], codes: { [name]: `tool.${name}.bad` } });
const seen = (more: Partial<HostSeen> = {}): HostSeen => ({
  facts: memory({}),
  disks: [],
  clock: { wallMs: 1_000_000, monotonicMs: 0 },
  ...more,
});

describe("memory", () => {
  const judge = (more: Partial<HostFacts["memory"]>) => part("memory").judge(seen({ facts: memory(more) }), []);

  it("is fine while enough is available, even with full swap", () => {
    expect(judge({ swapUsedBytes: 4 * GB })).toMatchObject({ light: "green", summary: "8 GB of 16 GB memory available", findings: [] });
  });

  it.each([
    [{ availableBytes: GB }, "amber"],
    [{ availableBytes: GB / 4 }, "red"],
    [{ stallPercent: 20 }, "amber"],
    [{ stallPercent: 70 }, "red"],
    [{ pressureLevel: 2 }, "amber"],
    [{ pressureLevel: 4 }, "red"],
    [{ pressureLevel: 1, stallPercent: 3 }, "green"],
  ] as const)("with %j is %s", (more, light) => expect(judge(more).light).toBe(light));

  it("tells how much is left, in the finding too", () => {
    const verdict = judge({ availableBytes: GB, swapUsedBytes: 4 * GB });
    expect(verdict.summary).toBe("Only 1 GB of 16 GB memory available, swap 100 % full");
    expect(verdict.findings).toMatchObject([
      { code: "tool.memory.bad", light: "amber", params: { available: "1 GB", availablePercent: 6 } },
    ]);
  });

  it.each([{ totalBytes: 0 }, { totalBytes: -1 }, { totalBytes: Number.NaN }, { availableBytes: Number.NaN }])(
    "is unknown when it cannot be read (%j)",
    (more) => expect(judge(more)).toMatchObject({ light: "grey", summary: "Memory cannot be read", findings: [] }),
  );
});

describe("disks", () => {
  const disk = (freeBytes: number, totalBytes = 500 * GB, path = "/home/sam") => ({ path, freeBytes, totalBytes });
  const judge = (...disks: readonly HostSeen["disks"][number][]) => part("disk").judge(seen({ disks }), []);

  it.each([
    [[disk(100 * GB)], "green"],
    [[disk(100 * GB), disk(GB, 500 * GB, "/")], "amber"],
    [[disk(GB / 8)], "red"],
    [[disk(GB / 8, GB)], "green"],
    [[disk(0, GB)], "red"],
    [[{ ...disk(100 * GB), freeInodesPercent: 0.4 }], "red"],
    [[], "grey"],
    [[disk(Number.NaN), disk(GB, Number.NaN)], "grey"],
    [[disk(Number.NaN), disk(0, GB)], "red"],
  ] as const)("with %j are %s", (disks, light) => expect(judge(...disks).light).toBe(light));

  it("names the fullest one", () => {
    expect(judge(disk(100 * GB), disk(GB, 500 * GB, "/"))).toMatchObject({
      summary: "The disk of / is nearly full (1 GB left)",
      findings: [{ params: { path: "/", free: "1 GB" } }],
    });
  });

  it("are looked at where they are; a path that is not there is left out", async () => {
    const bound = check({ id: "disk", title: "Disk" }, hostProbe, { parts: ["disk"], paths: ["/home/sam", "/nowhere"] });
    const { context } = worldContext({ disks: { "/": disk(9 * GB, 10 * GB, "/") } });
    expect((await bound.observe(context)).disks).toEqual([disk(9 * GB, 10 * GB, "/home/sam")]);
  });
});

describe("the clock", () => {
  const at = (wallMs: number, monotonicMs: number) => seen({ clock: { wallMs, monotonicMs } });
  const judge = (now: HostSeen, ...earlier: readonly HostSeen[]) =>
    part("clock").judge(
      now,
      earlier.map((one, index) => ({ at: index, seen: one })),
    );

  it("is measured against the one that never jumps", () => {
    expect(clockJumpMs({ wallMs: 5_000, monotonicMs: 5_000 }, { wallMs: 0, monotonicMs: 0 })).toBe(0);
    expect(clockJumpMs({ wallMs: -55_000, monotonicMs: 5_000 }, { wallMs: 0, monotonicMs: 0 })).toBe(-60_000);
  });

  it("is steady at first, and when both go on together", () => {
    expect(judge(at(1_000, 0))).toMatchObject({ light: "green", summary: "The clock is steady" });
    expect(judge(at(16_000, 15_000), at(1_000, 0)).light).toBe("green");
  });

  it("is told when it was set back, not when the machine slept", () => {
    expect(judge(at(1_000_000, 15_000), at(1_600_000, 0))).toMatchObject({
      light: "amber",
      summary: "The clock was set back by 10 min",
      findings: [{ code: "tool.clock.bad", params: { by: "10 min" } }],
    });
    expect(judge(at(9_000_000, 15_000), at(1_000_000, 0))).toMatchObject({ light: "green", findings: [] });
  });

  it("is not compared with itself when the past holds the present", () => {
    const now = at(1_000_000, 15_000);
    expect(judge(now, at(1_600_000, 0), now).light).toBe("amber");
  });

  it("says when nobody keeps it right", () => {
    const facts = { ...memory({}), clockSynchronised: false };
    expect(judge(seen({ facts }))).toMatchObject({ light: "green", summary: "The clock runs, but is not synchronised" });
  });

  it("is read from the world", async () => {
    const outside = worldContext();
    const bound = part("clock");
    const first = await bound.observe(outside.context);
    await outside.clock.advance(15_000);
    outside.clock.jump(-60_000);
    const second = await bound.observe(outside.context);
    expect(bound.judge(second, [{ at: 0, seen: first }]).light).toBe("amber");
  });
});

describe("all parts in one check", () => {
  it("show the worst one", () => {
    const all = check({ id: "host", title: "Host" }, hostProbe, { paths: ["/"] });
    const disks = [{ path: "/", totalBytes: 500 * GB, freeBytes: GB / 8 }];
    expect(all.judge(seen({ disks, facts: memory({ availableBytes: GB }) }), [])).toEqual({
      light: "red",
      summary: "The disk of / is full (128 MB left)",
      findings: [],
    });
  });
});
