import type { Light } from "../../core/model/light.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";

/** The five silhouettes. State is told by shape; colour only repeats it. */
export type Silhouette = "ok" | "attention" | "problem" | "unknown" | "working";

const byLight: Record<Light, Silhouette> = { green: "ok", amber: "attention", red: "problem", grey: "unknown" };

export const silhouetteOf = (snapshot: Snapshot | undefined): Silhouette =>
  snapshot === undefined || (snapshot.settling && snapshot.light === "grey") ? "working" : byLight[snapshot.light];

/** File of a silhouette. macOS takes a template image, which follows the menu bar's tone; elsewhere panels of either tone need a coloured one. */
export const pictureFile = (silhouette: Silhouette, platform: string): string =>
  platform === "darwin" ? `${silhouette}Template.png` : `${silhouette}.png`;

const ansi: Record<Light, string> = { green: "", grey: "", amber: "\u001b[33m", red: "\u001b[31m" };
const words: Record<Light, string> = { green: "", grey: "", amber: "!", red: "!!" };

/** Text beside the icon on macOS, in colour, for people who want it: nothing while all is well. */
export const trayTitle = (snapshot: Snapshot | undefined): string => {
  const light = snapshot?.light ?? "grey";
  return words[light] === "" ? "" : `${ansi[light]} ${words[light]}\u001b[0m`;
};

/** Read aloud by screen readers and shown on hover: state in words, then the sentence. */
export function tooltip(snapshot: Snapshot | undefined): string {
  if (snapshot === undefined) return "Lamplighter: looking at your stacks";
  const state = { green: "all well", amber: "needs attention", red: "problem", grey: "not known" }[snapshot.light];
  return `Lamplighter: ${state}. ${snapshot.sentence}`;
}
