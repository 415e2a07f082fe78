import JSON5 from "json5";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ParseProblem } from "../../../probes/config-file/index.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { at, isRecord, items, record, text } from "../knowledge/loose.ts";
import { type Fingerprint, parseConfigWith, readConfig } from "../knowledge/parse-config.ts";

/** openclaw.json in memory. `raw` holds secrets: it stays inside `locate`. */
export type LoadedConfig =
  | { readonly kind: "read"; readonly path: string; readonly raw: unknown; readonly facts: ConfigFacts }
  | { readonly kind: "unreadable"; readonly path: string; readonly problem: ParseProblem }
  | { readonly kind: "missing"; readonly path: string };

const maxBytes = 1_048_576;
/** Included files below one another; more than this is a circle. */
const maxDepth = 4;

/** Loads the file, with the files it includes. Whatever cannot be read is a fact. */
export async function loadConfig(path: string, fingerprint: Fingerprint, context: ProbeContext): Promise<LoadedConfig> {
  const file = await context.ports.files.read(path, { maxBytes });
  if (file.kind === "missing") return { kind: "missing", path };
  if (file.kind !== "text") return { kind: "unreadable", path, problem: { message: describe(file.kind) } };
  const parsed = parseConfigWith(fingerprint)(file.text, context);
  if (!parsed.ok) return { kind: "unreadable", path, problem: parsed.problem };
  const whole = await withIncludes(JSON5.parse<unknown>(file.text), folderOf(path), context, 0);
  const learn = (secret: string): void => context.learnSecret(secret, "openclaw gateway secret");
  return { kind: "read", path, raw: whole, facts: readConfig(whole, fingerprint, learn) };
}

const describe = (kind: "unreadable" | "too-large" | "not-text"): string =>
  ({ unreadable: "it cannot be opened", "too-large": "it is far too large", "not-text": "it does not hold text" })[kind];

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Puts the content of `$include` in place. Keys beside it win, as OpenClaw has it; a file that cannot be read adds nothing. */
async function withIncludes(value: unknown, folder: string, context: ProbeContext, depth: number): Promise<unknown> {
  if (!isRecord(value) || depth > maxDepth) return value;
  const { $include: include, ...own } = value;
  const names = typeof include === "string" ? [include] : items(include).flatMap((one) => text(one) ?? []);
  const included = await Promise.all(names.map((name) => loadInclude(name, folder, context, depth)));
  const inner = await Promise.all(
    Object.entries(own).map(async ([key, one]) => [key, isRecord(one) ? await withIncludes(one, folder, context, depth) : one] as const),
  );
  return [...included, Object.fromEntries(inner)].reduce(merge, {});
}

async function loadInclude(name: string, folder: string, context: ProbeContext, depth: number): Promise<unknown> {
  const path = name.startsWith("/") ? name : `${folder}/${name}`;
  const file = await context.ports.files.read(path, { maxBytes });
  if (file.kind !== "text") return {};
  try {
    return await withIncludes(JSON5.parse<unknown>(file.text), folderOf(path), context, depth + 1);
  } catch {
    return {};
  }
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in above && key in below ? merge(below[key], above[key]) : (above[key] ?? below[key])]),
  );
}

/** The configuration a running gateway may still be using when the present file makes no sense: kept copies, newest first. */
export async function loadKeptConfig(path: string, fingerprint: Fingerprint, context: ProbeContext): Promise<LoadedConfig | undefined> {
  for (const suffix of [".last-good", ".bak"]) {
    const kept = await loadConfig(`${path}${suffix}`, fingerprint, context);
    if (kept.kind === "read" && at(record(kept.raw), "gateway", "mode") !== undefined) return kept;
  }
  return undefined;
}
