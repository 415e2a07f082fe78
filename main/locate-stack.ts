import { z } from "zod";
import type { Installation, Stack } from "./core/model/stack.ts";
import type { ProbeContext } from "./core/ports/index.ts";
import { over } from "./over.ts";

/** Bound on looking for one stack, milliseconds. */
const limitMs = 5_000;

export type Located =
  | { readonly kind: "located"; readonly installation: Installation | null }
  | { readonly kind: "trouble"; readonly reason: string };

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 200);

/** Looks for a stack within five seconds. Settings that do not fit, a throw and a hang are told as trouble, never thrown. */
export async function locateStack(stack: Stack, context: Omit<ProbeContext, "signal">): Promise<Located> {
  const { clock, settings } = context.ports;
  const abort = new AbortController();
  const ended = new AbortController();
  const section = `stacks.${stack.id}`;
  const found = (async () => stack.locate(settings.section(section), { ...context, signal: abort.signal }))().then(
    (installation): Located => {
      settings.reject(section, []);
      return { kind: "located", installation };
    },
    (error: unknown): Located => {
      if (!(error instanceof z.ZodError)) return { kind: "trouble", reason: words(error) };
      settings.reject(section, error.issues);
      return { kind: "trouble", reason: "its settings do not fit" };
    },
  );
  const late = clock
    .sleep(limitMs, ended.signal)
    .then((): Located => ({ kind: "trouble", reason: `looking for it took longer than ${limitMs / 1000} s` }));
  const located = await Promise.race([found, late]);
  ended.abort(over);
  abort.abort(over);
  return located;
}
