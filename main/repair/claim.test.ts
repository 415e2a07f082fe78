import { describe, expect, it } from "vitest";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import { fakeLocks } from "../adapters/locks/fake.ts";
import type { LockOwner, Locks } from "../core/ports/locks.ts";
import { claim, lockNames, purposeOf } from "./claim.ts";

describe("claiming locks", () => {
  it("takes all or none, so that a stack is not blocked by a unit somebody else has", async () => {
    const held = new Map<string, LockOwner>();
    const locks = fakeLocks({ clock: manualClock(), held });
    const other = await claim(locks, ["unit-relay"], "Other");
    expect(await claim(locks, ["stack-pigeon", "unit-relay"], "Mine")).toMatchObject({ kind: "busy", owner: { purpose: "Other" } });
    expect([...held.keys()]).toEqual(["unit-relay"]);
    if (other.kind === "taken") await other.release();
    const mine = await claim(locks, ["unit-relay", "stack-pigeon", "unit-relay"], "Mine");
    expect([mine.kind, [...held.keys()]]).toEqual(["taken", ["stack-pigeon", "unit-relay"]]);
    if (mine.kind === "taken") await mine.release();
    expect(held.size).toBe(0);
  });

  it("tells why a lock could not be taken, and keeps none", async () => {
    const released: string[] = [];
    const locks: Locks = {
      take: async (name) =>
        name === "b"
          ? { kind: "failed", reason: "read-only disk" }
          : { kind: "taken", lock: { release: async () => void released.push(name) } },
    };
    expect(await claim(locks, ["b", "a"], "x")).toEqual({ kind: "failed", reason: "read-only disk" });
    expect(released).toEqual(["a"]);
  });

  it("names a unit alike whoever names it, and a run by its id", () => {
    expect(lockNames("pigeon", ["relay.service"])).toEqual(lockNames("pigeon", ["relay"]));
    expect(purposeOf("Mend", "r1")).not.toBe(purposeOf("Mend", "r2"));
  });
});
