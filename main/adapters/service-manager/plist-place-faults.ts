import { dirname } from "node:path";
import type { FileFacts, Files } from "../../core/ports/files.ts";
import type { PlistDefinition } from "./plist-definitions.ts";
import type { DefinitionFault } from "./plist-faults.ts";
import { isText } from "./plist-value.ts";

type Account = { readonly uid: number; readonly home: string };

const octal = (mode: number): string => (mode & 0o777).toString(8);

/** What is wrong around a definition: its own file, and the program, folders and logs it names. Looks only, and follows links. */
export async function placeFaults(definition: PlistDefinition, files: Files, account: Account): Promise<readonly DefinitionFault[]> {
  const text = (key: string): string | undefined => {
    const value = definition.dict?.get(key);
    return isText(value) && value.startsWith("/") ? value : undefined;
  };
  const folder = text("WorkingDirectory");
  const logs = [...new Set([text("StandardOutPath"), text("StandardErrorPath")])].filter((each) => each !== undefined);
  const found = await Promise.all([
    ownFile(definition, files, account),
    programFault(definition.program, files),
    folder === undefined ? null : folderFault(folder, files),
    // Jobs of the machine are root's unless they say otherwise, and root may write everywhere.
    ...(definition.scope === "system" ? [] : logs.map((path) => logFault(path, files, account))),
  ]);
  const named = [definition.program, folder, ...logs].filter((each) => each !== undefined);
  return [...found.flat().filter((each) => each !== null), ...guardedPlaces(named, account.home)];
}

async function ownFile({ path, scope }: PlistDefinition, files: Files, { uid }: Account): Promise<readonly DefinitionFault[]> {
  const facts = await files.facts(path);
  if (facts === null) return [];
  const owners = scope === "system" ? [0] : [0, uid];
  return [
    ...((facts.mode & 0o022) === 0
      ? []
      : [{ words: `Others may write to it (mode ${octal(facts.mode)}), so launchd refuses it`, refuses: true }]),
    ...(owners.includes(facts.uid)
      ? []
      : [{ words: `It belongs to another account (${facts.uid}), so launchd refuses it`, refuses: true }]),
    ...(facts.linkTarget === undefined
      ? []
      : [{ words: "It is a link, which newer systems pass over when somebody logs in", refuses: false }]),
  ];
}

async function programFault(program: string | undefined, files: Files): Promise<DefinitionFault | null> {
  if (program === undefined || !program.startsWith("/")) return null;
  const found = await files.presence(program);
  if (found.kind === "missing") return { words: `Its program is not there: ${program}`, refuses: false };
  if (found.kind !== "there") return null;
  const isRunnable = found.facts.kind === "file" && (found.facts.mode & 0o111) !== 0;
  return isRunnable ? null : { words: `Its program cannot be executed: ${program}`, refuses: false };
}

async function folderFault(folder: string, files: Files): Promise<DefinitionFault | null> {
  const found = await files.presence(folder);
  const isGone = found.kind === "missing" || (found.kind === "there" && found.facts.kind !== "directory");
  return isGone ? { words: `Its working directory is not there: ${folder}`, refuses: false } : null;
}

/** launchd opens the logs before the program runs: where it cannot, the job ends with 78 and nothing is written anywhere. */
async function logFault(path: string, files: Files, { uid }: Account): Promise<DefinitionFault | null> {
  const [log, folder] = [await files.presence(path), await files.presence(dirname(path))];
  if (log.kind === "there")
    return log.facts.kind === "directory" || !mayWrite(log.facts, uid)
      ? { words: `Its log cannot be written: ${path}`, refuses: false }
      : null;
  if (folder.kind === "missing") return { words: `The folder of its log is not there: ${dirname(path)}`, refuses: false };
  const isOpen = folder.kind !== "there" || (folder.facts.kind === "directory" && mayWrite(folder.facts, uid));
  return isOpen ? null : { words: `The folder of its log cannot be written: ${dirname(path)}`, refuses: false };
}

/** Groups are not known here, so a group that may write counts as ours. */
const mayWrite = ({ mode, uid: owner }: FileFacts, uid: number): boolean =>
  uid === 0 || (owner === uid ? (mode & 0o200) !== 0 : (mode & 0o022) !== 0);

function guardedPlaces(paths: readonly string[], home: string): readonly DefinitionFault[] {
  const guarded = ["Documents", "Desktop", "Downloads", "Library/Mobile Documents"].map((name) => `${home}/${name}/`);
  const inside = paths.find((path) => guarded.some((folder) => path.startsWith(folder)));
  const outside = paths.find((path) => path.startsWith("/Volumes/"));
  return [
    ...(inside === undefined
      ? []
      : [{ words: `macOS guards a place it uses, and launchd cannot ask for leave: ${inside}`, refuses: false }]),
    ...(outside === undefined ? [] : [{ words: `It needs a volume that may not be there yet: ${outside}`, refuses: false }]),
  ];
}
