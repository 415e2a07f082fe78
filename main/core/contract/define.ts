import { z } from "zod";
import { CallFailed, type ErrorCode, errorCodes } from "./errors.ts";

export type CommandRisk = "safe" | "disruptive";
export type Query<I extends z.ZodType, O extends z.ZodType> = { readonly kind: "query"; readonly input: I; readonly output: O };
export type Command<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: "command";
  readonly risk: CommandRisk;
  readonly input: I;
  readonly output: O;
};
export type Event<P extends z.ZodType> = { readonly kind: "event"; readonly payload: P };
export type Entry = Query<z.ZodType, z.ZodType> | Command<z.ZodType, z.ZodType> | Event<z.ZodType>;
export type Contract = Readonly<Record<string, Entry>>;

/** A call without effect. */
export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Query<I, O> => ({ kind: "query", input, output });
/** A call that may act; fronts ask before a disruptive one. */
export const command = <I extends z.ZodType, O extends z.ZodType>(risk: CommandRisk, input: I, output: O): Command<I, O> => ({
  kind: "command",
  risk,
  input,
  output,
});
/** Something pushed to every front. */
export const event = <P extends z.ZodType>(payload: P): Event<P> => ({ kind: "event", payload });

type Call = { readonly kind: "query" | "command"; readonly input: z.ZodType; readonly output: z.ZodType };
export type CallName<C extends Contract> = { [K in keyof C]: C[K] extends Call ? K : never }[keyof C] & string;
export type EventName<C extends Contract> = { [K in keyof C]: C[K] extends Event<z.ZodType> ? K : never }[keyof C] & string;
type In<E> = E extends { input: infer I extends z.ZodType } ? z.input<I> : never;
type Parsed<E> = E extends { input: infer I extends z.ZodType } ? z.output<I> : never;
type Out<E> = E extends { output: infer O extends z.ZodType } ? z.output<O> : never;
export type Payload<E> = E extends { payload: infer P extends z.ZodType } ? z.output<P> : never;

export type Handlers<C extends Contract> = { readonly [K in CallName<C>]: (input: Parsed<C[K]>) => Promise<Out<C[K]>> };
export type Client<C extends Contract> = { readonly [K in CallName<C>]: (input: In<C[K]>) => Promise<Out<C[K]>> } & {
  on<K extends EventName<C>>(name: K, listener: (payload: Payload<C[K]>) => void): () => void;
};

/** How an answer travels. `message` is for logs and copying; fronts choose words by `code`. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

export interface Transport {
  call(name: string, input: unknown): Promise<Reply>;
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
}

export type Dispatcher = (name: string, raw: unknown) => Promise<Reply>;

const refuse = (code: ErrorCode, message: string): Reply => ({ ok: false, error: { code, message } });

export function isCall(contract: Contract, name: string): boolean {
  return Object.hasOwn(contract, name) && contract[name]?.kind !== "event";
}

/**
 * Server side of a contract: validates input, runs the handler, validates (and so strips) output.
 * `clean` is applied to every value and message that leaves; an unexpected error never shows its own text.
 */
export function createDispatcher<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  clean: <T>(value: T) => T = (value) => value,
): Dispatcher {
  const table = handlers as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
  return async (name, raw) => {
    const entry: Entry | undefined = Object.hasOwn(contract, name) ? contract[name] : undefined;
    const handle = table[name];
    if (entry === undefined || entry.kind === "event" || handle === undefined) return refuse("unknown-procedure", "no such procedure");
    const input = entry.input.safeParse(raw ?? {});
    if (!input.success) return refuse("invalid-input", clean(z.prettifyError(input.error)));
    try {
      const output = entry.output.safeParse(await handle(input.data));
      return output.success
        ? { ok: true, value: clean(output.data) }
        : refuse("invalid-output", `the answer to ${name} does not fit its contract`);
    } catch (error) {
      return error instanceof CallFailed ? refuse(error.code, clean(error.message)) : refuse("internal", `${name} failed unexpectedly`);
    }
  };
}

const Wire = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(errorCodes), message: z.string() }) }),
]);

/** Reads a reply that came over a wire; anything else is a transport failure. */
export function readReply(raw: unknown): Reply {
  const reply = Wire.safeParse(raw);
  return reply.success ? reply.data : refuse("transport", "the answer is not a reply");
}

/** Client side of a contract: typed functions over any transport. Failed calls reject with CallFailed. */
export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  const calls = Object.keys(contract)
    .filter((name) => isCall(contract, name))
    .map((name) => [
      name,
      async (input: unknown): Promise<unknown> => {
        const reply = await transport.call(name, input);
        if (!reply.ok) throw new CallFailed(reply.error.code, reply.error.message);
        return reply.value;
      },
    ]);
  const on = (name: string, listener: (payload: never) => void): (() => void) =>
    transport.subscribe(name, listener as (payload: unknown) => void);
  return { ...Object.fromEntries(calls), on } as unknown as Client<C>;
}
