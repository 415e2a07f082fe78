import { basename, join } from "node:path";
import type { Files } from "../../core/ports/files.ts";
import type { ServiceListing } from "../../core/ports/service-manager.ts";
import { type PlistFile, readPlistFile } from "./plist-file.ts";
import { isDict, isList, isText, type PlistDict } from "./plist-value.ts";
import { present } from "./present.ts";

/** A launchd definition on disk. `environment` and `dict` hold secrets and stay in this folder. */
export type PlistDefinition = {
  readonly label: string;
  readonly path: string;
  readonly scope: ServiceListing["scope"];
  /** The words launchd runs; of `Program` and `ProgramArguments` the former decides which file. */
  readonly argv: readonly string[];
  readonly program?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything the file says; null when it cannot be read, and then `fault` tells why where that is known. */
  readonly dict: PlistDict | null;
  readonly fault?: string;
};

export type PlistFolder = { readonly path: string; readonly scope: ServiceListing["scope"] };

/** Where an account's and the machine's jobs are defined. Apple's own below /System are none of our business. */
export const launchdFolders = (home: string): readonly PlistFolder[] => [
  { path: join(home, "Library/LaunchAgents"), scope: "user" },
  { path: "/Library/LaunchAgents", scope: "user" },
  { path: "/Library/LaunchDaemons", scope: "system" },
];

export type PlistDefinitions = {
  /** Every definition of the folders, also those that cannot be read, which are known by their file name only. */
  all(): Promise<readonly PlistDefinition[]>;
  /** The definition with this label; null when there is none. */
  labelled(label: string): Promise<PlistDefinition | null>;
  /** The definition in this file, wherever it is; null when there is no such file. */
  at(path: string): Promise<PlistDefinition | null>;
};

type Needs = { readonly files: Files; readonly folders: readonly PlistFolder[] };

/** Reads property lists in the XML and the binary form, and each one again only after it changed. */
export function plistDefinitions({ files, folders }: Needs): PlistDefinitions {
  const known = new Map<string, { readonly version: string; readonly definition: PlistDefinition }>();

  const read = async (path: string, scope: ServiceListing["scope"]): Promise<PlistDefinition | null> => {
    const facts = await files.facts(path);
    if (facts?.kind !== "file") return null;
    const version = `${facts.inode} ${facts.modifiedMs} ${facts.sizeBytes}`;
    const before = known.get(path);
    if (before?.version === version) return before.definition;
    const definition = definitionFrom(await readPlistFile(path), path, scope);
    known.set(path, { version, definition });
    return definition;
  };

  const all = async () => {
    const found: PlistDefinition[] = [];
    for (const { path, scope } of folders) {
      const names = (await files.list(path)).filter((name) => name.endsWith(".plist"));
      // Some at a time: a machine may have a hundred of them.
      for (let at = 0; at < names.length; at += 8) {
        const some = await Promise.all(names.slice(at, at + 8).map((name) => read(join(path, name), scope)));
        found.push(...some.filter((each) => each !== null));
      }
    }
    return found;
  };

  return {
    all,
    at: (path) => read(path, folders.find((each) => path.startsWith(`${each.path}/`))?.scope ?? "user"),
    async labelled(label) {
      // Nearly every definition is named after its label; only otherwise do we look into all of them.
      for (const { path, scope } of folders) {
        const definition = await read(join(path, `${label}.plist`), scope);
        if (definition?.label === label) return definition;
      }
      return (await all()).find((each) => each.label === label) ?? null;
    },
  };
}

function definitionFrom(file: PlistFile, path: string, scope: ServiceListing["scope"]): PlistDefinition {
  const value = file.kind === "plist" ? file.value : undefined;
  const dict = isDict(value) ? value : null;
  const [label, program, words, variables] = ["Label", "Program", "ProgramArguments", "EnvironmentVariables"].map((key) => dict?.get(key));
  const argv = isList(words) ? words.filter(isText) : [];
  const named = isText(program) ? program : argv[0];
  return present<PlistDefinition>({
    path,
    scope,
    label: isText(label) && label !== "" ? label : basename(path, ".plist"),
    argv: argv.length === 0 && named !== undefined ? [named] : argv,
    program: named,
    environment: Object.fromEntries(
      isDict(variables) ? [...variables].flatMap(([name, each]) => (isText(each) ? [[name, each]] : [])) : [],
    ),
    dict,
    fault: file.kind === "faulty" ? file.fault : file.kind === "plist" && dict === null ? "It is not a dictionary" : undefined,
  });
}
