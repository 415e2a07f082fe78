import type { AppClient } from "../lib/client.ts";
import { asFailure } from "../lib/words.ts";
import { createRepairActs } from "./repair-acts.ts";
import { type Action, busy, idle, type State } from "./state.ts";
import type { Store } from "./store.ts";
import type { View } from "./view.ts";

/** Longest text the core reads for `explain`, characters; of a longer one the end is kept, where errors are. */
export const EXPLAIN_CHARACTERS = 1_048_576;

export type ActsOutside = {
  readonly client: AppClient;
  readonly store: Store<State, Action>;
  now(): number;
  copy(text: string): Promise<boolean>;
};

/** What a person can do on this page. No act rejects: a refusal becomes part of the state, in words. */
export type Acts = ReturnType<typeof createActs>;

export function createActs({ client, store, now, copy }: ActsOutside) {
  const { send } = store;

  const copyOut = async (text: string, what: string): Promise<void> => {
    if (await copy(text)) send({ type: "said", text: `${what} copied` });
    else send({ type: "copy-by-hand", text });
  };

  return {
    ...createRepairActs({ client, store }),
    load: async (): Promise<boolean> => {
      try {
        send({ type: "snapshot", snapshot: await client.getSnapshot({}), receivedAt: now() });
        return true;
      } catch {
        return false;
      }
    },
    refresh: async (stack?: string): Promise<void> => {
      if (store.state().probe.step === "busy") return;
      send({ type: "probe", asked: busy });
      try {
        const snapshot = await client.probeNow(stack === undefined ? {} : { stack });
        send({ type: "snapshot", snapshot, receivedAt: now() });
        send({ type: "probe", asked: idle });
      } catch (error) {
        send({ type: "probe", asked: { step: "refused", failure: asFailure(error) } });
      }
    },
    explain: async (text: string): Promise<void> => {
      if (text.trim() === "") return send({ type: "explain", text, asked: idle });
      send({ type: "explain", text, asked: busy });
      try {
        const answer = await client.explain({ text: text.slice(-EXPLAIN_CHARACTERS) });
        send({ type: "explain", asked: { step: "here", value: answer.matches } });
      } catch (error) {
        send({ type: "explain", asked: { step: "refused", failure: asFailure(error) } });
      }
    },
    runDeep: async (stack: string, check: string): Promise<void> => {
      send({ type: "deep", run: { stack, check, state: "running", text: "", elapsedMs: 0 } });
      try {
        send({ type: "deep", run: await client.runDeep({ stack, check }) });
      } catch (error) {
        send({ type: "deep", run: { stack, check, state: "failed", text: asFailure(error).message, elapsedMs: 0 } });
      }
    },
    cancelDeep: async (stack: string, check: string): Promise<void> => {
      await client.cancelDeep({ stack, check }).catch((error: unknown) => send({ type: "said", text: asFailure(error).message }));
    },
    listDemos: async (): Promise<void> => {
      send({ type: "demos", asked: busy });
      try {
        send({ type: "demos", asked: { step: "here", value: await client.listDemos({}) } });
      } catch (error) {
        send({ type: "demos", asked: { step: "refused", failure: asFailure(error) } });
      }
    },
    openDemo: async (id: string): Promise<void> => {
      send({ type: "demo-opened", id, asked: busy });
      try {
        const { url } = await client.openDemo({ scenario: id });
        send({ type: "demo-opened", id, asked: { step: "here", value: url } });
      } catch (error) {
        send({ type: "demo-opened", id, asked: { step: "refused", failure: asFailure(error) } });
      }
    },
    copy: copyOut,
    /** The redacted report of what is on the screen. */
    copyReport: async (view: View): Promise<void> => {
      const about =
        view.screen === "finding" || view.screen === "plan"
          ? { stack: view.stack, code: view.code }
          : view.screen === "stack"
            ? { stack: view.stack }
            : {};
      try {
        const { text } = await client.describeForCopy(about);
        await copyOut(text, "Report");
      } catch (error) {
        const { code, message } = asFailure(error);
        await copyOut(`${code}: ${message}`, "Error");
      }
    },
    setAttention: async (visible: boolean): Promise<void> => {
      await client.setAttention({ visible }).catch(() => undefined);
    },
  };
}
