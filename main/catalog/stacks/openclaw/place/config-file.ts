import type { Dangling, FileFacts } from "../../../../core/ports/files.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ParseProblem } from "../../../probes/config-file/index.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { at, record } from "../knowledge/loose.ts";
import { type Fingerprint, readConfig, readObject } from "../knowledge/parse-config.ts";
import { largestConfigBytes } from "../knowledge/read-json5.ts";
import { folderOf, withIncludes } from "./includes.ts";

/** openclaw.json in memory. `raw` holds secrets: it stays inside `locate`. `version` tells a later look whether it is still the same. */
export type LoadedConfig = { readonly path: string; readonly version: string } & (
  | { readonly kind: "read"; readonly raw: unknown; readonly facts: ConfigFacts }
  /** `denied`: it may well be in order, this account may not see it. */
  | { readonly kind: "unreadable"; readonly problem: ParseProblem; readonly denied?: boolean }
  | { readonly kind: "missing" }
);

/** Changes with every write of a file, and when it comes or goes. */
export const versionOf = (seen: { readonly kind: string; readonly facts?: FileFacts }): string =>
  seen.facts === undefined ? seen.kind : `${seen.facts.inode} ${seen.facts.modifiedMs} ${seen.facts.sizeBytes}`;

/** Loads the file, with the files it includes. Whatever cannot be read is a fact. */
export async function loadConfig(path: string, fingerprint: Fingerprint, context: ProbeContext): Promise<LoadedConfig> {
  const file = await context.ports.files.read(path, { maxBytes: largestConfigBytes });
  const same = { path, version: versionOf(file) };
  if (file.kind === "missing" && file.dangling !== undefined)
    return { kind: "unreadable", ...same, problem: { message: leadsNowhere(file.dangling) } };
  if (file.kind === "missing") return { kind: "missing", ...same };
  if (file.kind === "unreadable" && file.denied !== undefined)
    return { kind: "unreadable", ...same, problem: { message: file.reason }, denied: true };
  if (file.kind !== "text") return { kind: "unreadable", ...same, problem: { message: describe(file.kind) } };
  const parsed = readObject(file.text);
  if (!parsed.ok) return { kind: "unreadable", ...same, problem: parsed.problem };
  const whole = file.text.includes("$include") ? await withIncludes(parsed.value, folderOf(path), context.ports.files) : parsed.value;
  const learn = (secret: string): void => context.learnSecret(secret, "openclaw gateway secret");
  return { kind: "read", ...same, raw: whole, facts: readConfig(whole, fingerprint, learn) };
}

/** OpenClaw takes such a file as absent: a gateway that runs goes on, and the next start is refused. */
export const leadsNowhere = ({ link, target }: Dangling): string => `${link} is a link to ${target}, and nothing is there`;

const describe = (kind: "unreadable" | "too-large" | "not-text"): string =>
  ({ unreadable: "it cannot be opened", "too-large": "it is far too large", "not-text": "it does not hold text" })[kind];

/** Path of a kept copy that could stand in for the present file: it reads well, says how to start, and is not the same. */
export async function goodCopyBeside(now: LoadedConfig, fingerprint: Fingerprint, context: ProbeContext): Promise<string | undefined> {
  const kept = await loadKeptConfig(now.path, fingerprint, context);
  const isSame = now.kind === "read" && kept?.kind === "read" && JSON.stringify(kept.raw) === JSON.stringify(now.raw);
  return isSame ? undefined : kept?.path;
}

/** The configuration a running gateway may still be using when the present file makes no sense: kept copies, newest first. */
export async function loadKeptConfig(path: string, fingerprint: Fingerprint, context: ProbeContext): Promise<LoadedConfig | undefined> {
  for (const suffix of [".last-good", ".bak"]) {
    const kept = await loadConfig(`${path}${suffix}`, fingerprint, context);
    if (kept.kind === "read" && at(record(kept.raw), "gateway", "mode") !== undefined) return kept;
  }
  return undefined;
}
