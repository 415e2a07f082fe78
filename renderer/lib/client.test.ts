import { describe, expect, it } from "vitest";
import { createDispatcher, type Reply, type Transport } from "../../main/core/contract/define.ts";
import { CallFailed } from "../../main/core/contract/errors.ts";
import { contract } from "../../main/core/contract/index.ts";
import { green } from "../../tests/support/snapshots.ts";
import { createStandInCore } from "../../tests/support/stand-in-core.ts";
import { createClient, readEnvelope } from "./client.ts";

const overCore = (call: Transport["call"]): Transport => ({ call, subscribe: () => () => undefined });

describe("the client", () => {
  it("turns each name into a call of the contract", async () => {
    const core = createStandInCore(green);
    const client = createClient(overCore(core.dispatch));
    expect(await client.getSnapshot({})).toEqual(green);
    expect(await client.describeForCopy({ stack: "machine" })).toEqual({ text: "report of machine" });
    expect(core.asked).toEqual(["getSnapshot {}", 'describeForCopy {"stack":"machine"}']);
  });

  it("rejects with the code that the core gave", async () => {
    const core = createStandInCore(green);
    const client = createClient(overCore(core.dispatch));
    const failure = client.runDeep({ stack: 4 as never, check: "x" });
    await expect(failure).rejects.toBeInstanceOf(CallFailed);
    await expect(failure).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("lets the core refuse names that it does not know, inherited ones too", async () => {
    const dispatch = createDispatcher(contract, {} as never);
    const client = createClient(overCore(dispatch));
    for (const name of ["toString", "constructor", "noSuchThing"]) {
      const call: (input: unknown) => Promise<unknown> = Reflect.get(client, name);
      await expect(call({})).rejects.toMatchObject({ code: "unknown-procedure" });
    }
  });

  it("is no promise, so that it can be handed around by async code", async () => {
    const client = createClient(overCore(async () => ({ ok: true, value: null })));
    expect(await Promise.resolve(client)).toBe(client);
  });

  it("hands event listeners to the transport", () => {
    const heard: string[] = [];
    const client = createClient({
      call: async () => ({ ok: true, value: null }),
      subscribe: (name) => {
        heard.push(name);
        return () => heard.push(`stop ${name}`);
      },
    });
    client.on("snapshotChanged", () => undefined)();
    expect(heard).toEqual(["snapshotChanged", "stop snapshotChanged"]);
  });
});

describe("reading an envelope", () => {
  it("passes good answers and refusals on", () => {
    expect(readEnvelope({ ok: true, value: 3 })).toEqual({ ok: true, value: 3 });
    const refusal: Reply = { ok: false, error: { code: "busy", message: "later" } };
    expect(readEnvelope(refusal)).toEqual(refusal);
  });

  it.each([
    null,
    "ok",
    7,
    [],
    {},
    { ok: "yes" },
    { ok: false },
    { ok: false, error: null },
    { ok: false, error: "x" },
    { ok: false, error: { code: 4 } },
  ])("takes %j for a broken wire, not for an answer", (raw) => {
    expect(readEnvelope(raw)).toEqual({ ok: false, error: { code: "transport", message: "the answer is not a reply" } });
  });
});
