import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../tests/support/empty-world.ts";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import type { World } from "../core/model/world.ts";
import { demoDisk } from "./demo-disk.ts";

const path = "/home/sam/config.json";
const other = "/home/sam/log.txt";

function disk() {
  let world: World = { ...emptyWorld, files: { [path]: { text: "old", mode: 0o640 }, [other]: { text: "1" } } };
  const made = demoDisk(() => world, manualClock());
  const textOf = (at: string) => made.world().files[at]?.text;
  return {
    ...made,
    textOf,
    log: (text: string) => {
      world = { ...world, files: { ...world.files, [other]: { text } } };
    },
  };
}

describe("the disk of an invented world", () => {
  it("changes and is put back, while the rest moves on with the world", async () => {
    const { changes, textOf, log } = disk();
    const kept = await changes.keep(path);
    expect(await changes.apply({ kind: "write", path, text: "new" })).toEqual({ kind: "changed" });
    log("2");
    expect([textOf(path), textOf(other)]).toEqual(["new", "2"]);
    if (kept.kind === "kept") await changes.restore(kept.backup);
    expect([kept.kind, textOf(path)]).toEqual(["kept", "old"]);
  });

  it("loses files that are taken away, and has those that are added", async () => {
    const { changes, textOf, world } = disk();
    await changes.apply({ kind: "remove", path });
    await changes.apply({ kind: "copy", from: other, path: "/home/sam/copy.txt" });
    expect([textOf(path), textOf("/home/sam/copy.txt"), path in world().files]).toEqual([undefined, "1", false]);
  });

  it("keeps what the world says of a file that was only looked at", async () => {
    const { changes, textOf, log } = disk();
    await changes.keep(other);
    log("3");
    expect(textOf(other)).toBe("3");
    const kept = await changes.keep(other);
    expect(kept).toMatchObject({ backup: { sizeBytes: 1 } });
  });
});
