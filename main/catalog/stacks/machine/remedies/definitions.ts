import type { Remedy } from "../../../../core/model/stack.ts";
import {
  ask,
  FILES_COME_BACK,
  look,
  nameIn,
  onlyLooks,
  ownPathIn,
  type Params,
  type Place,
  planned,
  run,
  type Step,
  setMode,
  unit,
} from "./steps.ts";

/** Where the definition of a unit is: as told, or in the account's own folder. */
function definitionOf(params: Params, place: Place): string | undefined {
  const label = nameIn(params, "label");
  const usual = place.platform === "macos" ? `Library/LaunchAgents/${label}.plist` : `.config/systemd/user/${label}`;
  return ownPathIn(params, "definitionPath", place) ?? (label === undefined ? undefined : `${place.home}/${usual}`);
}

const reload = (params: Params): readonly Step[] => {
  const label = nameIn(params, "label");
  return label === undefined ? [] : [unit("reload", label, `Let the manager take up the changed ${label}`)];
};

/** What is wrong, in the words of whoever read the definition; a person corrects it, because only its owner knows what was meant. */
const correct = (params: Params, path: string | undefined): Step => {
  const fault = params["fault"];
  const told = typeof fault === "string" && fault.trim() !== "" ? `${fault.replaceAll(/\p{Cc}+/gu, " ").slice(0, 300)} ` : "";
  return ask(`${told}Correct ${path ?? "the definition of the unit"} by hand, or install it again with the tool it belongs to.`);
};

/** Plans about the file that says how a unit is started. */
export const definitionRemedies = (place: Place): readonly Remedy[] => [
  planned(
    "tighten-definition",
    {
      title: "Correct the definition and its permissions",
      risk: "disruptive",
      interrupts: "The unit, when it runs: it is loaded anew",
      undo: `${FILES_COME_BACK}, with its permissions`,
      verify: "The manager takes the definition, and the unit runs",
    },
    (params) => {
      const path = definitionOf(params, place);
      return [
        ...(path === undefined ? [] : [setMode(path, 0o644, "Let only its owner write to it")]),
        ...(params["fault"] === undefined && path !== undefined ? [] : [correct(params, path)]),
        ...(path !== undefined && place.platform === "macos" ? [run(["/usr/bin/plutil", "-lint", path], "Check the form")] : []),
        ...reload(params),
      ];
    },
  ),
  planned(
    "make-log-folder",
    {
      title: "Make the folder that its log goes into",
      risk: "disruptive",
      interrupts: "Nothing: it cannot start now",
      undo: "Remove the empty folder",
      verify: "The unit starts and writes its log",
    },
    (params) => {
      const folder = ownPathIn(params, "logFolder", place);
      return folder === undefined
        ? [correct(params, definitionOf(params, place))]
        : [run(["/bin/mkdir", "-p", folder], "Make the folder; a unit whose log cannot be opened is never started"), ...reload(params)];
    },
  ),
  planned("show-definition", onlyLooks("Look at the definition", "Every path in it exists"), (params) => {
    const path = definitionOf(params, place);
    const named = path ?? "the definition of the unit";
    return [
      ...(path === undefined ? [] : [look(["/bin/ls", "-l", path], "See owner and mode")]),
      // Its text may hold secrets, so it is read by the person and not kept with the repair.
      ask(`Open ${named} and check every path in it: program, interpreter, working folder, and the folders of its logs.`),
    ];
  }),
];
