import { isRecord, text } from "../knowledge/loose.ts";

/** A secret as OpenClaw's configuration may spell it. `value` is the secret itself and must not leave the stack. */
export type SecretInput =
  | { readonly kind: "absent" }
  | { readonly kind: "literal"; readonly value: string }
  /** A blank, the words undefined or null, or the word OpenClaw prints in place of a secret. */
  | { readonly kind: "placeholder" }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "reference"; readonly source: string; readonly provider: string; readonly id: string };

const sentinel = /^(?:__OPENCLAW_REDACTED__|undefined|null|\s*)$/;
const variable = /^\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Z][A-Z0-9_]*))$/;

/** Reads one value of `gateway.auth` or `gateway.remote`. */
export function readSecretInput(value: unknown): SecretInput {
  if (isRecord(value)) {
    const source = text(value["source"]);
    const id = text(value["id"]);
    if (source === undefined || id === undefined) return { kind: "placeholder" };
    if (source === "env") return { kind: "variable", name: id };
    return { kind: "reference", source, provider: text(value["provider"]) ?? "default", id };
  }
  if (typeof value !== "string") return { kind: "absent" };
  if (sentinel.test(value)) return { kind: "placeholder" };
  const found = variable.exec(value.trim());
  const name = found?.[1] ?? found?.[2];
  return name === undefined ? { kind: "literal", value: value.trim() } : { kind: "variable", name };
}

/** What became of a secret input. `from` and `why` are words for people and never hold the secret. */
export type ResolvedSecret =
  | { readonly kind: "found"; readonly value: string; readonly from: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unresolved"; readonly why: string };

export type SecretSources = {
  /** Value of an environment variable as the gateway might see it, and where it stands. */
  variable(name: string): Promise<{ readonly value: string; readonly from: string } | undefined>;
  /** Text of a file the configuration's `secrets.providers` names. */
  file(path: string): Promise<string | undefined>;
  readonly providers: Readonly<Record<string, unknown>>;
};

/** Finds the value behind an input. Stores and programs are OpenClaw's own business: they are told apart, never run. */
export async function resolveSecret(input: SecretInput, where: string, sources: SecretSources): Promise<ResolvedSecret> {
  switch (input.kind) {
    case "absent":
      return { kind: "absent" };
    case "literal":
      return { kind: "found", value: input.value, from: where };
    case "placeholder":
      return { kind: "unresolved", why: `${where} holds a placeholder, not a secret` };
    case "variable": {
      const found = await sources.variable(input.name);
      if (found !== undefined && found.value !== "") return { kind: "found", ...found };
      return { kind: "unresolved", why: `${where} names the variable ${input.name}, which is not set where we can look` };
    }
    case "reference":
      if (input.source !== "file") return { kind: "unresolved", why: `${where} points to a ${input.source} that only OpenClaw can open` };
      return fromFile(input, where, sources);
  }
}

async function fromFile(
  input: Extract<SecretInput, { kind: "reference" }>,
  where: string,
  sources: SecretSources,
): Promise<ResolvedSecret> {
  const provider = sources.providers[input.provider];
  const path = isRecord(provider) ? text(provider["path"]) : undefined;
  if (path === undefined) return { kind: "unresolved", why: `${where} points to the file provider ${input.provider}, which names no file` };
  const content = await sources.file(path);
  if (content === undefined) return { kind: "unresolved", why: `${where} points to a file that cannot be read` };
  const value = isRecord(provider) && provider["mode"] === "singleValue" ? content.replace(/\r?\n$/, "") : atPointer(content, input.id);
  return value === undefined || value === ""
    ? { kind: "unresolved", why: `${where} points to an entry that its file does not have` }
    : { kind: "found", value, from: `the file behind ${where}` };
}

/** Value at a JSON pointer, when it is text. */
function atPointer(content: string, pointer: string): string | undefined {
  try {
    let here: unknown = JSON.parse(content);
    for (const part of pointer.split("/").slice(1)) {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      here = isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined;
    }
    return text(here);
  } catch {
    return undefined;
  }
}
