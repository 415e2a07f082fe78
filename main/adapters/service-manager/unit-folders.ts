import { basename, join } from "node:path";
import type { Files } from "../../core/ports/files.ts";
import type { ServiceListing } from "../../core/ports/service-manager.ts";
import { parseUnitFile, type UnitFile, unitCommand } from "./parse-unit-file.ts";

export type UnitFolder = { readonly path: string; readonly scope: ServiceListing["scope"] };

/** A unit file on disk. */
export type UnitDefinition = {
  readonly label: string;
  readonly path: string;
  readonly scope: ServiceListing["scope"];
  readonly unit: UnitFile;
};

/** Where systemd looks for units, most important first: what stands in an earlier folder hides the same name in a later one. */
export function systemdFolders(home: string, configHome?: string): readonly UnitFolder[] {
  const user = [
    join(configHome || join(home, ".config"), "systemd/user"),
    "/etc/systemd/user",
    "/run/systemd/user",
    join(home, ".local/share/systemd/user"),
    "/usr/local/lib/systemd/user",
    "/usr/lib/systemd/user",
  ];
  const system = [
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
  ];
  return [...user.map((path) => ({ path, scope: "user" as const })), ...system.map((path) => ({ path, scope: "system" as const }))];
}

const mostBytes = 65_536;

export type UnitFolders = {
  /** Every service of both managers, read from disk and again only after it changed. */
  all(): Promise<readonly UnitDefinition[]>;
  /** The unit file with this name in the folders of one manager; null when there is none. */
  named(label: string, scope: ServiceListing["scope"]): Promise<UnitDefinition | null>;
  /** A unit file by its path; empty when it cannot be read. */
  read(path: string): Promise<UnitFile>;
};

export function unitFolders(files: Files, folders: readonly UnitFolder[]): UnitFolders {
  const known = new Map<string, { readonly version: string; readonly unit: UnitFile }>();

  const readKnown = async (path: string): Promise<UnitFile | null> => {
    const facts = await files.facts(path);
    if (facts?.kind !== "file") return null;
    const version = `${facts.inode} ${facts.modifiedMs} ${facts.sizeBytes}`;
    const before = known.get(path);
    if (before?.version === version) return before.unit;
    const read = await files.read(path, { maxBytes: mostBytes });
    const unit = read.kind === "text" ? parseUnitFile(read.text) : [];
    known.set(path, { version, unit });
    return unit;
  };

  const at = async ({ path: folder, scope }: UnitFolder, label: string): Promise<UnitDefinition | null> => {
    const path = join(folder, basename(label));
    const unit = await readKnown(path);
    return unit && { label, path, scope, unit };
  };

  return {
    async all() {
      const found = new Map<string, UnitDefinition>();
      for (const folder of folders) {
        const labels = (await files.list(folder.path)).filter((name) => name.endsWith(".service") && !found.has(`${folder.scope} ${name}`));
        const read = await Promise.all(labels.map((label) => at(folder, label)));
        for (const each of read) if (each) found.set(`${each.scope} ${each.label}`, each);
      }
      return [...found.values()];
    },
    async named(label, scope) {
      for (const folder of folders.filter((each) => each.scope === scope)) {
        const found = await at(folder, label);
        if (found) return found;
      }
      return null;
    },
    read: async (path) => (await readKnown(path)) ?? [],
  };
}

/** What is told about a definition. */
export const listingOf = ({ label, scope, path, unit }: UnitDefinition, home: string): ServiceListing => ({
  label,
  scope,
  definitionPath: path,
  argv: unitCommand(unit, home),
});
