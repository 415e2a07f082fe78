import { describe, expect, it } from "vitest";
import type { Locks } from "../../core/ports/locks.ts";

/** Two processes that share locks, and a third that took one and was killed. `pid` is the number of `mine`. */
export type LocksRig = {
  readonly mine: Locks;
  readonly other: Locks;
  readonly pid: number;
  leaveBehind(name: string): Promise<void>;
};

/** What every implementation of Locks must do. */
export function locksSuite(name: string, make: () => Promise<LocksRig>): void {
  describe(`${name} as Locks`, () => {
    it("gives a lock to the first, and tells the second who has it and what for", async () => {
      const { mine, other, pid } = await make();
      expect(await mine.take("target/a", "restart a")).toMatchObject({ kind: "taken" });
      const second = await other.take("target/a", "stop a");
      expect(second).toMatchObject({ kind: "busy", owner: { pid, purpose: "restart a" } });
      if (second.kind === "busy") expect(Object.keys(second.owner).sort()).toEqual(["pid", "purpose", "startedMs", "takenMs"]);
    });

    it("does not give the same lock twice to one process either", async () => {
      const { mine } = await make();
      await mine.take("a", "first");
      expect(await mine.take("a", "second")).toMatchObject({ kind: "busy", owner: { purpose: "first" } });
    });

    it("gives it to the next once it is released, and releasing twice takes it from nobody", async () => {
      const { mine, other } = await make();
      const first = await mine.take("a", "first");
      if (first.kind !== "taken") throw new Error(first.kind);
      await first.lock.release();
      expect(await other.take("a", "second")).toMatchObject({ kind: "taken" });
      await first.lock.release();
      expect(await mine.take("a", "third")).toMatchObject({ kind: "busy", owner: { purpose: "second" } });
    });

    it("keeps locks of different names apart, whatever is in the names", async () => {
      const { mine, other } = await make();
      const names = ["a", "A", "a.lock", "../a", "a/b", " a", "a\n", "$(a)", "", ".", "é".repeat(300)];
      for (const each of names) expect([each, (await mine.take(each, "hold")).kind]).toEqual([each, "taken"]);
      for (const each of names) expect([each, (await other.take(each, "hold")).kind]).toEqual([each, "busy"]);
    });

    it("takes a lock over whose owner is dead, for one of two who ask at once", async () => {
      const { mine, other, leaveBehind } = await make();
      await leaveBehind("a");
      const both = await Promise.all([mine.take("a", "one"), other.take("a", "two")]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(["busy", "taken"]);
    });
  });
}
