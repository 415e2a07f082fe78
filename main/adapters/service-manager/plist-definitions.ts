import { basename, join } from "node:path";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { ServiceListing } from "../../core/ports/service-manager.ts";

/** A launchd definition on disk. `environment` holds secrets and stays in this folder. */
export type PlistDefinition = {
  readonly label: string;
  readonly path: string;
  readonly scope: ServiceListing["scope"];
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
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
};

type Needs = { readonly commands: CommandRunner; readonly files: Files; readonly plutil: string; readonly folders: readonly PlistFolder[] };

/** Reads property lists with `plutil`, which knows the XML and the binary form, and each one again only after it changed. */
export function plistDefinitions(needs: Needs): PlistDefinitions {
  const known = new Map<string, { readonly version: string; readonly definition: PlistDefinition }>();

  const read = async (path: string, scope: ServiceListing["scope"]): Promise<PlistDefinition | null> => {
    const facts = await needs.files.facts(path);
    if (facts?.kind !== "file") return null;
    const version = `${facts.inode} ${facts.modifiedMs} ${facts.sizeBytes}`;
    const before = known.get(path);
    if (before?.version === version) return before.definition;
    const definition = definitionFrom(await asJson(needs, path), path, scope);
    known.set(path, { version, definition });
    return definition;
  };

  const all = async () => {
    const found: PlistDefinition[] = [];
    for (const { path, scope } of needs.folders) {
      const names = (await needs.files.list(path)).filter((name) => name.endsWith(".plist"));
      // Four at a time: a machine may have a hundred of them, and each one starts a program.
      for (let at = 0; at < names.length; at += 4) {
        const some = await Promise.all(names.slice(at, at + 4).map((name) => read(join(path, name), scope)));
        found.push(...some.filter((each) => each !== null));
      }
    }
    return found;
  };

  return {
    all,
    async labelled(label) {
      // Nearly every definition is named after its label; only otherwise do we look into all of them.
      for (const { path, scope } of needs.folders) {
        const definition = await read(join(path, `${label}.plist`), scope);
        if (definition?.label === label) return definition;
      }
      return (await all()).find((each) => each.label === label) ?? null;
    },
  };
}

async function asJson({ commands, plutil }: Needs, path: string): Promise<unknown> {
  const outcome = await commands.run({ file: plutil, args: ["-convert", "json", "-o", "-", path], timeoutMs: 3000 });
  if (outcome.kind !== "exited" || outcome.exitCode !== 0) return null;
  try {
    return JSON.parse(outcome.stdout);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";

function definitionFrom(json: unknown, path: string, scope: ServiceListing["scope"]): PlistDefinition {
  const plist = isRecord(json) ? json : {};
  const words = Array.isArray(plist["ProgramArguments"]) ? plist["ProgramArguments"].filter(isText) : [];
  const variables = isRecord(plist["EnvironmentVariables"]) ? Object.entries(plist["EnvironmentVariables"]) : [];
  return {
    path,
    scope,
    label: isText(plist["Label"]) ? plist["Label"] : basename(path, ".plist"),
    argv: words.length === 0 && isText(plist["Program"]) ? [plist["Program"]] : words,
    environment: Object.fromEntries(variables.flatMap(([name, value]) => (isText(value) ? [[name, value]] : []))),
  };
}
