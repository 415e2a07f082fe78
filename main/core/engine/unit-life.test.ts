import { describe, expect, it } from "vitest";
import { each, epoch, lifeOf, loaded, up } from "../../../tests/support/sim-life.ts";
import { newLife, UnitLife } from "./unit-life.ts";

const down = loaded("failed", { lastEnd: { exitCode: 1 } });
const working = { after: 15, reading: up(1), works: true };

describe("following the runs of a unit", () => {
  it("does not take the first sighting of a run for a start", () => {
    const life = lifeOf([{ after: 0, reading: up(1), works: false }]);
    expect(life.starts).toEqual([]);
    expect(life.run).toMatchObject({ booted: false, ended: false, ageMs: 0 });
  });

  it("believes the manager since when a run is there, except when that lies in the time to come", () => {
    expect(lifeOf([{ after: 0, reading: up(1, { sinceMs: epoch - 40_000 }) }]).run?.ageMs).toBe(40_000);
    expect(lifeOf([{ after: 0, reading: up(1, { sinceMs: epoch + 40_000 }) }]).run?.ageMs).toBe(0);
  });

  it("tells a start of ours from a start of somebody else", () => {
    const before = lifeOf([{ after: 0, reading: up(1), works: false }]);
    const ours = [{ at: epoch + 1_000, steadyMs: 1_000 }];
    expect(lifeOf([{ after: 15, reading: up(2), ours }], before).starts).toEqual([{ atMs: 15_000, by: "us" }]);
    expect(lifeOf([{ after: 15, reading: up(2) }], before).starts).toEqual([{ atMs: 15_000, by: "other" }]);
  });

  it("lets one restart of ours explain one start only", () => {
    const ours = [{ at: epoch + 1_000, steadyMs: 1_000 }];
    const life = lifeOf([
      { after: 0, reading: up(1) },
      { after: 15, reading: up(2), ours },
      { after: 15, reading: up(3), ours },
    ]);
    expect(life.starts.map(({ by }) => by)).toEqual(["us", "other"]);
    expect(
      lifeOf([
        { after: 0, reading: up(1, { runs: 4 }) },
        { after: 15, reading: up(2, { runs: 6 }), ours },
      ]).starts.map(({ by }) => by),
    ).toEqual(["us", "other"]);
  });

  it("does not let a restart of ours from long ago explain a start of today", () => {
    const ours = [{ at: epoch + 1_000, steadyMs: 1_000 }];
    const life = lifeOf([{ after: 0, reading: up(1) }, ...each(20, { after: 15, reading: up(1) }), { after: 15, reading: up(2), ours }]);
    expect(life.starts.map(({ by }) => by)).toEqual(["other"]);
  });

  it("sees starts between two looks by the counter, and by the moment a dead unit entered its state", () => {
    const counted = lifeOf([
      { after: 0, reading: loaded("stopped", { runs: 1 }) },
      { after: 15, reading: loaded("stopped", { runs: 3 }) },
    ]);
    expect(counted.starts).toHaveLength(2);
    const reentered = lifeOf([
      { after: 0, reading: loaded("failed", { sinceMs: 1 }) },
      { after: 15, reading: loaded("failed", { sinceMs: 2 }) },
      { after: 15, reading: loaded("failed", { sinceMs: 2 }) },
    ]);
    expect(reentered.starts).toHaveLength(1);
  });

  it("forgets what others did when the counter falls: loaded anew, or the machine started again", () => {
    const life = lifeOf([
      { after: 0, reading: up(1, { runs: 7 }) },
      { after: 15, reading: up(2, { runs: 8 }) },
      { after: 15, reading: up(3, { runs: 1 }) },
    ]);
    expect(life.starts).toEqual([{ atMs: 30_000, by: "other" }]);
    expect(life.run).toMatchObject({ booted: false, ageMs: 0 });
  });

  it("does not take a counter that was reset for a new run of the same process", () => {
    const life = lifeOf([
      { after: 0, reading: up(1, { runs: 4 }), works: true },
      { after: 15, reading: up(1, { runs: 0 }) },
    ]);
    expect(life.run?.booted).toBe(true);
    expect(life.starts).toEqual([]);
  });

  it("counts boots that end by themselves before they worked, until it works", () => {
    const crash = [
      { after: 5, reading: up(1) },
      { after: 5, reading: loaded("waiting-to-restart") },
      { after: 5, reading: up(2) },
      { after: 5, reading: down },
    ];
    expect(lifeOf(crash).failedBoots).toBe(2);
    expect(lifeOf([...crash, { after: 5, reading: up(3), works: true }]).failedBoots).toBe(0);
  });

  it("changes nothing by a reading that tells nothing", () => {
    const life = lifeOf([working, { after: 15, reading: { kind: "unknown", reason: "no-bus", detail: "" } }, { after: 15 }]);
    expect(life).toMatchObject({ state: "running", pid: 1, run: { booted: true, ended: false }, readMs: 0 });
  });
});

describe("learning boots", () => {
  const boot = (looks: number) => [
    { after: 15, reading: down, works: false },
    ...each(looks, { after: 15, reading: up(2), works: false }),
    { after: 15, reading: up(2), works: true },
  ];

  it("measures from the last look without it to the first that works: rather too long than too short", () => {
    expect(lifeOf([working, ...boot(6)]).bootsMs).toEqual([7 * 15_000]);
    expect(lifeOf([working, { after: 15, reading: down }, { after: 15, reading: up(2), works: true }]).bootsMs).toEqual([15_000]);
  });

  it("does not learn a boot of which nobody saw the beginning", () => {
    expect(lifeOf([{ after: 0, reading: up(1), works: false }, working]).bootsMs).toEqual([]);
  });

  it.each([
    ["a pause in looking", { after: 3_600 }],
    ["a clock set forward", { after: 15, clock: 3_600 }],
    ["a clock set back", { after: 15, clock: -3_600 }],
    ["our own restart with a long absence", { after: 600, first: true }],
  ])("learns nothing from a boot with %s in it", (_what, odd) => {
    const looks = [
      working,
      { after: 15, reading: down },
      { after: 15, reading: up(2) },
      { ...odd, reading: up(2) },
      { after: 15, reading: up(2), works: true },
    ];
    expect(lifeOf(looks).bootsMs).toEqual([]);
  });

  it("does not let a boot grow older while the machine sleeps", () => {
    const boot = [working, { after: 15, reading: down }, { after: 15, reading: up(2) }, { after: 15, reading: up(2) }];
    expect(lifeOf([...boot, { after: 7_200, reading: up(2) }]).run?.ageMs).toBe(15_000);
    expect(lifeOf([...boot, { after: 15, clock: 7_200, reading: up(2) }]).run?.ageMs).toBe(30_000);
  });

  it("does not take the time a machine slept for the age of a run that began unseen just before", () => {
    const begun = epoch + 35_000;
    const slept = { after: 4_800, reading: up(2, { sinceMs: begun }) };
    expect(lifeOf([working, { after: 15, reading: down }, slept]).run?.ageMs).toBe(0);
    // We were not there ourselves: what the manager says is all there is.
    expect(lifeOf([working, { after: 15, reading: down }, { ...slept, first: true }]).run?.ageMs).toBe(4_795_000);
  });

  it("does not take what was seen of the former run for this one", () => {
    const life = lifeOf([working, { after: 15, reading: up(2), works: true, stale: 10 }]);
    expect(life.run?.booted).toBe(false);
    expect(lifeOf([{ after: 15, reading: up(2), works: true, stale: 10 }], life).run?.booted).toBe(true);
  });
});

describe("changes between working and not", () => {
  it("notes each change and since when it is down", () => {
    const life = lifeOf([working, { after: 15, reading: up(1), works: false }, { after: 15, reading: up(1), works: false }]);
    expect(life.flaps.changes.filter(Boolean)).toHaveLength(1);
    expect(life).toMatchObject({ downMs: 15_000, workedMs: 0 });
  });

  it.each([
    ["sleep", { after: 7_200 }],
    ["a clock set forward", { after: 15, clock: 7_200 }],
    ["a clock set back", { after: 15, clock: -7_200 }],
  ])("does not take a difference across %s for one", (_what, odd) => {
    const life = lifeOf([working, { ...odd, reading: up(1), works: false }]);
    expect(life.flaps.changes.filter(Boolean)).toHaveLength(0);
    expect(life.works).toBe(false);
  });
});

describe("the steady time", () => {
  it("neither jumps with the clock nor goes back", () => {
    expect(lifeOf([working, { after: 15, clock: 9_000 }, { after: 15, clock: -90_000 }]).steadyMs).toBe(30_000);
  });

  it("believes the clock for the time we were not there, unless it went back", () => {
    expect(lifeOf([working, { after: 600, first: true }]).steadyMs).toBe(600_000);
    expect(lifeOf([working, { after: -600, first: true }]).steadyMs).toBe(0);
  });
});

describe("a kept record", () => {
  it("comes back whole", () => {
    const life = lifeOf([working, { after: 15, reading: up(2, { runs: 3 }), works: false }]);
    expect(UnitLife.parse(JSON.parse(JSON.stringify(life)))).toEqual(life);
  });

  it("is read as far as it goes", () => {
    const read = UnitLife.parse({
      steadyMs: "x",
      bootsMs: [5_000, null, -1],
      run: { ageMs: 3 },
      starts: [{ atMs: 4, by: "us" }, 7],
      state: "odd",
    });
    expect(read).toMatchObject({ steadyMs: 0, bootsMs: [5_000], starts: [{ atMs: 4, by: "us" }], state: "unseen" });
    expect(read.run).toBeUndefined();
    expect(UnitLife.parse({})).toEqual(newLife);
  });
});
