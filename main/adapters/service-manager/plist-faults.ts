import { basename } from "node:path";
import type { PlistDefinition } from "./plist-definitions.ts";
import { isDict, isList, isText, type PlistDict, type PlistValue } from "./plist-value.ts";

/** `refuses`: launchd will not load the definition. Otherwise it loads it, and the job fails or does what nobody meant. */
export type DefinitionFault = { readonly words: string; readonly refuses: boolean };

const refused = (words: string): DefinitionFault => ({ words, refuses: true });
const doubtful = (words: string): DefinitionFault => ({ words, refuses: false });

const pathKeys = ["Program", "WorkingDirectory", "StandardOutPath", "StandardErrorPath"] as const;

/** What is wrong with what a definition says, beyond its being a property list. Pure; names keys and labels, never values of variables. */
export function plistFaults({ dict, fault, path }: PlistDefinition): readonly DefinitionFault[] {
  if (dict === null) return [refused(fault ?? "It cannot be read by this account")];
  return [...labelFaults(dict.get("Label"), path), ...programFaults(dict), ...keepAliveFaults(dict.get("KeepAlive")), ...otherFaults(dict)];
}

function labelFaults(label: PlistValue | undefined, path: string): readonly DefinitionFault[] {
  if (!isText(label) || label === "") return [refused("It has no Label")];
  return basename(path) === `${label}.plist` ? [] : [doubtful("Its Label differs from its file name, so it is easily unloaded by mistake")];
}

function programFaults(dict: PlistDict): readonly DefinitionFault[] {
  const [program, words] = [dict.get("Program"), dict.get("ProgramArguments")];
  if (words !== undefined && !(isList(words) && words.every(isText))) return [refused("ProgramArguments is not a list of texts")];
  if (program !== undefined && !isText(program)) return [refused("Program is not a text")];
  const isNamed = isText(program) || (isList(words) && words.length > 0);
  if (!isNamed) return [refused("It has neither Program nor ProgramArguments")];
  const first = isText(program) ? program : isList(words) && isText(words[0]) ? words[0] : "";
  return first === "" ? [refused("The program is an empty text")] : [];
}

function keepAliveFaults(keep: PlistValue | undefined): readonly DefinitionFault[] {
  if (keep === undefined || typeof keep === "boolean") return [];
  if (!isDict(keep)) return [doubtful("KeepAlive is neither true, false nor a dictionary")];
  return [
    ...(keep.get("Crashed") === false ? [doubtful("KeepAlive with Crashed false starts it again after every clean end")] : []),
    ...(keep.get("SuccessfulExit") === true ? [doubtful("KeepAlive with SuccessfulExit true starts it again after every clean end")] : []),
  ];
}

function otherFaults(dict: PlistDict): readonly DefinitionFault[] {
  const found: DefinitionFault[] = [];
  const variables = dict.get("EnvironmentVariables");
  if (variables !== undefined && !isDict(variables)) found.push(doubtful("EnvironmentVariables is not a dictionary"));
  const odd = isDict(variables) ? [...variables].filter(([, value]) => !isText(value)).map(([name]) => name) : [];
  if (odd.length > 0) found.push(doubtful(`Variables that are not texts: ${odd.join(", ").slice(0, 120)}`));
  for (const key of pathKeys) {
    const value = dict.get(key);
    if (value !== undefined && !isText(value)) found.push(doubtful(`${key} is not a text`));
    // launchd expands neither: it would look for a folder of that very name.
    else if (isText(value) && /^~|\$\{?\w/.test(value)) found.push(doubtful(`${key} has a ~ or a variable, which launchd does not expand`));
  }
  if (sessionTypes(dict).length > 0 && !sessionTypes(dict).includes("Aqua"))
    found.push(doubtful("LimitLoadToSessionType keeps it out of the desktop session"));
  if (dict.get("Disabled") === true) found.push(doubtful("Disabled keeps it from being loaded until its label is enabled"));
  return found;
}

/** The kinds of session a definition is limited to; empty when it is not. */
export function sessionTypes(dict: PlistDict): readonly string[] {
  const limit = dict.get("LimitLoadToSessionType");
  return isText(limit) ? [limit] : isList(limit) ? limit.filter(isText) : [];
}
