import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const tree = fileURLToPath(new URL("../..", import.meta.url));

/** Whether every account may pass all folders down to one. */
function isOpenToAll(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (folder === dirname(folder) || isOpenToAll(dirname(folder)));
}

const isRoot = process.getuid?.() === 0;
/** The account called nobody, which every system has. */
const nobody = 65_534;
const canBecomeNobody = isRoot && isOpenToAll(tree);
/** Where nobody cannot reach our own code, we stay root without the right to pass over the modes of files. */
const withoutRights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"];

/** What runs a program such that the modes of files count for it; without root's rights we are ordinary enough ourselves. */
export const ordinarily: { readonly before: readonly string[]; readonly as: { readonly uid?: number; readonly gid?: number } } = !isRoot
  ? { before: [], as: {} }
  : canBecomeNobody
    ? { before: [], as: { uid: nobody, gid: nobody } }
    : { before: withoutRights, as: {} };

/** Makes paths, with all below them, the property of whom such a program runs as. */
export function giveToOrdinary(...paths: readonly string[]): void {
  if (canBecomeNobody) execFileSync("chown", ["-R", `${nobody}:${nobody}`, ...paths]);
}
