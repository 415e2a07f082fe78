import { believed, factsFrom } from "../core/engine/readings.ts";
import type { StackWatch } from "../stack-watch.ts";
import type { Looked, Site } from "./site.ts";

/** A watched stack as repairs see it. `nowMs` is the wall clock. */
export function siteOf(watch: StackWatch, nowMs: () => number): Site {
  const lampOf = (id: string) => watch.snapshot.checks.find((one) => one.id === id)?.light ?? "grey";
  return {
    id: watch.stack.id,
    title: watch.stack.title,
    kinds: watch.stack.findings,
    get present() {
      return watch.snapshot;
    },
    get checks() {
      return watch.installed?.checks ?? [];
    },
    get targets() {
      return watch.installed?.targets ?? [];
    },
    get facts() {
      return factsFrom(watch.runs.records, nowMs());
    },
    get intent() {
      return watch.wanted;
    },
    sees: (code) => watch.sees(code),
    answeredAt: (id) => watch.runs.records.get(id)?.last?.at,
    raisedBy: (code) =>
      [...watch.runs.records].flatMap(([id, { last }]) => ((last?.verdict.findings ?? []).some((one) => one.code === code) ? [id] : [])),
    remedyFor: (code, remedy) => watch.remedyFor(code, remedy),
    lampOf,
    applies: (id) => {
      const record = watch.runs.records.get(id);
      return record === undefined || believed(record, nowMs())?.applies !== false;
    },
    lookAt: async (id): Promise<Looked | undefined> => {
      const record = await watch.runs.runNow(id);
      if (record === undefined) return undefined;
      const verdict = believed(record, nowMs());
      const shown = watch.snapshot.checks.find((one) => one.id === id);
      return {
        light: verdict === undefined ? "grey" : verdict.light,
        summary: shown?.summary ?? "",
        ...(verdict?.report === undefined ? {} : { report: verdict.report }),
      };
    },
    lookAgain: async () => {
      await watch.locate();
      await watch.runs.probeAll();
      watch.look();
    },
    intend: (intent) => watch.intend(intent),
  };
}
