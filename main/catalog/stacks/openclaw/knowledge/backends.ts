import type { Raised } from "../../../../core/model/finding.ts";
import { at, entries, oneLine, records, text, texts } from "./loose.ts";

/** A provider with a base URL on this machine or a private network, and the names of the models that agents ask of it. */
export type LocalBackend = { readonly provider: string; readonly baseUrl: string; readonly models: readonly string[] };

const PRIVATE =
  /^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^/]*\.local\b|host\.docker\.internal)/i;

/** Reads `models.providers`; `model` is the agents' choice: one name, or a first one with others to fall back on. */
export function readBackends(providers: unknown, model: unknown): readonly LocalBackend[] {
  const refs = [text(model) ?? text(at(model, "primary")), ...texts(at(model, "fallbacks"))];
  return entries(providers).flatMap(([provider, options]) => {
    const baseUrl = text(options["baseUrl"]);
    if (baseUrl === undefined || !PRIVATE.test(baseUrl)) return [];
    const models = refs.flatMap((ref) => (ref?.startsWith(`${provider}/`) === true ? [ref.slice(provider.length + 1)] : []));
    return [{ provider, baseUrl, models }];
  });
}

/** Names in the answer to `GET /v1/models`, `{data:[{id}]}`; undefined when it is no such list. */
export function offeredModels(payload: unknown): readonly string[] | undefined {
  const list = at(payload, "data");
  return Array.isArray(list) ? records(list).flatMap((one) => text(one["id"]) ?? []) : undefined;
}

/** A server that answers, and does not know a model under the name that it is asked for. */
export function judgeBackend(
  { models, provider }: LocalBackend,
  offered: readonly string[],
  source = "local model server",
): readonly Raised[] {
  // Some servers list names with a tag behind them, such as `llama3:latest`, and take them without.
  const knows = (name: string): boolean => offered.some((one) => one === name || one === `${name}:latest`);
  const unknown = models.filter((name) => !knows(name));
  if (unknown.length === 0 || offered.length === 0) return [];
  const words = `${provider} answers, and has no model called ${oneLine(unknown.join(", "), 120)}; it offers ${oneLine(offered.slice(0, 6).join(", "), 160)}`;
  return [{ code: "openclaw.provider.local-backend-incompatible", params: { provider }, evidence: [{ source, text: words }] }];
}
