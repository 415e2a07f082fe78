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
  const look = async (): Promise<Located> => {
    const raw = settings.section(section);
    // Asked before the stack is: what does not fit later on is not the user's mistake.
    const fitting = stack.settings.safeParse(raw ?? {});
    settings.reject(section, fitting.success ? [] : fitting.error.issues);
    if (!fitting.success) return { kind: "trouble", reason: "its settings do not fit" };
    return { kind: "located", installation: await stack.locate(raw, { ...context, signal: abort.signal }) };
  };
  const found = look().catch((error: unknown): Located => ({ kind: "trouble", reason: words(error) }));
  const late = clock
    .sleep(limitMs, ended.signal)
    .then((): Located => ({ kind: "trouble", reason: `looking for it took longer than ${limitMs / 1000} s` }));
  const located = await Promise.race([found, late]);
  ended.abort(over);
  abort.abort(over);
  return located;
}
