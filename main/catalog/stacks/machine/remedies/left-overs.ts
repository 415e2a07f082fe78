import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, FILES_COME_BACK, nameIn, ownPathIn, type Place, planned, removeFile, type Step, unit } from "./steps.ts";

const around = (label: string | undefined, step: Step): readonly Step[] =>
  label === undefined
    ? [step]
    : [unit("stop", label, `Stop ${label}, so that it does not write while the file goes`), step, unit("start", label, `Start ${label}`)];

/** Files that a program makes anew by itself, and that keep it from working when they are damaged. */
export const leftOverRemedies = (place: Place): readonly Remedy[] => [
  planned(
    "clear-state-file",
    {
      title: "Take a damaged state file away",
      risk: "disruptive",
      interrupts: "The unit, while the file goes",
      undo: FILES_COME_BACK,
      verify: "The unit starts, and its last lines no longer name the file",
    },
    (params) => {
      const path = ownPathIn(params, "statePath", place);
      return path === undefined
        ? [ask("If the last lines name a lock or a state file that is left over, stop the unit and move that file away.")]
        : around(nameIn(params, "label"), removeFile(path, `Take ${path} away; it is kept for undoing`));
    },
  ),
  planned(
    "regenerate-cache",
    {
      title: "Let it make its cache anew",
      risk: "disruptive",
      interrupts: "The unit, and its first answers take longer",
      undo: FILES_COME_BACK,
      verify: "The unit works and has made the file again",
    },
    (params) => {
      const path = ownPathIn(params, "cachePath", place);
      return path === undefined
        ? [ask("If the last lines name a damaged cache, stop the unit and move that file away; it is made again.")]
        : around(nameIn(params, "label"), removeFile(path, `Take the cache ${path} away; it is made again at the next start`));
    },
  ),
];
