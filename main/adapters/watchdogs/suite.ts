import { describe, expect, it } from "vitest";
import type { Watchdogs, WatchdogTarget } from "../../core/ports/watchdogs.ts";

/** A machine on which one thing restarts a target and other things merely mention it. */
export type WatchdogsRig = {
  readonly watchdogs: Watchdogs;
  readonly target: WatchdogTarget;
  /** Name of what restarts the target. */
  readonly restarter: string;
  /** A secret that stands in the same definition. */
  readonly secret: string;
};

/** What every search for other restarters must tell. */
export function watchdogsSuite(name: string, rig: () => WatchdogsRig): void {
  describe(name, () => {
    it("names what restarts the target, and what in it does", async () => {
      const { watchdogs, target, restarter } = rig();
      expect(await watchdogs.find(target)).toEqual([
        expect.objectContaining({ name: restarter, kind: expect.any(String), evidence: expect.stringMatching(/\S/) }),
      ]);
    });

    it("shows one short line without secrets", async () => {
      const { watchdogs, target, secret } = rig();
      const found = await watchdogs.find(target);
      expect(found.filter(({ evidence }) => evidence.length > 160 || /\p{Cc}/u.test(evidence))).toEqual([]);
      expect(JSON.stringify(found)).not.toContain(secret);
    });

    it("finds nothing for a target that nobody restarts", async () => {
      const { watchdogs } = rig();
      expect(await watchdogs.find({ labels: ["org.example.nobody"], ports: [4], words: ["nobody-says-this"] })).toEqual([]);
      expect(await watchdogs.find({ labels: [], ports: [], words: [] })).toEqual([]);
    });
  });
}
