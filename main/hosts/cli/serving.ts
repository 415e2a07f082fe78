import { SCHEMA_VERSION, type Snapshot } from "../../core/model/snapshot.ts";
import type { Call } from "./call.ts";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";
import { printLight } from "./print-snapshot.ts";
import type { Terminal } from "./terminal.ts";

export type Address = { readonly url: string; readonly port: number };

const json = (value: object): string => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value })}\n`;

/** Prints the one-time address; `extra` only goes into the JSON. */
export function tellAddress({ terminal, wish, surroundings }: Call, lead: string, address: Address, extra: object = {}): void {
  if (wish.json) {
    terminal.write(json({ url: address.url, port: address.port, ...extra }));
    return;
  }
  terminal.write(`${lead}\n  ${address.url}\n`);
  if (surroundings.isRemote) {
    terminal.write(`  You came through SSH. From your own machine, first: ssh -L ${address.port}:127.0.0.1:${address.port} HOST\n`);
  }
}

/** Prints the light in one line; where nothing is installed, also where was looked. */
export function tellLight({ terminal, wish }: Call, snapshot: Snapshot): void {
  const { light, sentence, demo } = snapshot;
  if (wish.json) {
    terminal.write(json({ light, sentence, at: snapshot.at, ...(demo === undefined ? {} : { demo }) }));
    return;
  }
  const page = createPage(paintFor(terminal.hasColour), terminal.columns());
  printLight(page, snapshot);
  if (isEmpty(snapshot)) {
    for (const stack of snapshot.stacks.filter((s) => !s.ground)) {
      page.line(2, "", `Looked for ${stack.title} at: ${stack.looksFor.join("; ")}`, page.paint.faint);
    }
  }
  terminal.write(page.text());
}

/** True when no stack is on this machine: the ground under the stacks does not count. */
export const isEmpty = (snapshot: Snapshot): boolean => snapshot.stacks.every((stack) => stack.ground || !stack.installed);

/** Resolves on Ctrl-C and its like. */
export function untilEnded(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    if (terminal.ended.aborted) return resolve();
    terminal.ended.addEventListener("abort", () => resolve(), { once: true });
  });
}
