import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { pictureFile, type Silhouette, silhouetteOf, tooltip, trayTitle } from "./tray-picture.ts";

const snapshot = (light: Snapshot["light"], settling = false): Snapshot => ({
  schemaVersion: 1,
  light,
  sentence: "Sentence",
  at: 0,
  settling,
  stacks: [],
  notes: [],
});

describe("the picture in the tray", () => {
  it("has one silhouette per state, and one for looking", () => {
    expect((["green", "amber", "red", "grey"] as const).map((light) => silhouetteOf(snapshot(light)))).toEqual([
      "ok",
      "attention",
      "problem",
      "unknown",
    ]);
    expect([silhouetteOf(undefined), silhouetteOf(snapshot("grey", true))]).toEqual(["working", "working"]);
  });

  it("does not hide a known problem behind looking", () => {
    expect(silhouetteOf(snapshot("red", true))).toBe("problem");
  });

  it.each(["ok", "attention", "problem", "unknown", "working"] satisfies Silhouette[])(
    "has the files of %s at both densities for both kinds of panel",
    (silhouette) => {
      for (const platform of ["darwin", "linux"]) {
        const file = pictureFile(silhouette, platform);
        for (const name of [file, file.replace(".png", "@2x.png")]) {
          expect(existsSync(new URL(`../../../build/icons/tray/${name}`, import.meta.url)), name).toBe(true);
        }
      }
    },
  );

  it("writes beside the icon only when something is wrong, and reads aloud as a sentence", () => {
    expect([trayTitle(snapshot("green")), trayTitle(snapshot("grey")), trayTitle(undefined)]).toEqual(["", "", ""]);
    expect(trayTitle(snapshot("red"))).toContain("!!");
    expect(tooltip(snapshot("red"))).toBe("Lamplighter: problem. Sentence");
  });
});
