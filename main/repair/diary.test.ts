import { describe, expect, it } from "vitest";
import { manualClock } from "../adapters/clock/manual-clock.ts";
import { fakeJournal } from "../adapters/journal/fake.ts";
import type { Effect } from "../core/model/plan.ts";
import { Diary, journalRow, stepFacts } from "./diary.ts";
import { outcomeSentence } from "./outcome-words.ts";

const facts = (effect: Effect, touches?: string[]) =>
  stepFacts({ effect, preview: "p", risk: "safe", ...(touches === undefined ? {} : { touches }) });

describe("what is written down about a step", () => {
  it("is the exact command, the unit, or the path", () => {
    expect(facts({ do: "run-command", argv: ["ls", "a b"], envNames: [] })).toMatchObject({ kind: "run-command", commands: ["ls 'a b'"] });
    expect(facts({ do: "service-unit", action: "reload", label: "pigeon" })).toMatchObject({ unit: "pigeon", action: "reload" });
    expect(facts({ do: "remove-file", path: "/a/b" }, ["/a/b"])).toMatchObject({ changes: ["/a/b"] });
  });

  it("is the length of a file's new text, not the text", () => {
    const written = facts({ do: "write-file", path: "/a/b", text: "private words" }, ["/a/b"]);
    expect(written).toMatchObject({ characters: 13 });
    expect(JSON.stringify(written)).not.toContain("private");
  });
});

describe("the diary", () => {
  it("cleans and shortens every fact, in lists too", async () => {
    const journal = fakeJournal({ clock: manualClock() });
    const diary = new Diary(journal, (text) => text.replaceAll("hidden", "‹secret›"));
    await diary.write("step-started", {
      one: "a hidden word",
      list: ["hidden", "b"],
      long: "x".repeat(5_000),
      step: 2,
      odd: "a\u001b[31mb",
    });
    const [line] = await journal.recent(1);
    expect(line?.facts).toMatchObject({ one: "a ‹secret› word", list: ["‹secret›", "b"], step: 2, odd: "a [31mb" });
    expect(String(line?.facts["long"]).length).toBe(1_000);
  });

  it("is read as short texts by name", () => {
    const row = journalRow({ seq: 3, at: 9, hash: "h", what: "x", facts: { text: "a", list: ["b", "c"], number: 4, nested: [{ d: 1 }] } });
    expect(row).toEqual({ seq: 3, at: 9, what: "x", facts: { text: "a", list: "b; c", number: "4", nested: '{"d":1}' } });
  });
});

describe("how a repair ended, in a sentence", () => {
  const step = (index: number, state: "done" | "failed" | "cancelled") => ({ index, kind: "x", preview: "p", state });
  const run = (undo: "available" | "not-needed", ...states: ("done" | "failed" | "cancelled")[]) => ({
    undo,
    title: "Mend",
    steps: states.map((state, index) => step(index, state)),
  });

  it("names the step it stopped at and that files can be put back, only when they can", () => {
    expect(outcomeSentence("failed", run("available", "done", "failed"), "no disk")).toBe(
      "Stopped at step 2 of 2: no disk The changed files can be put back.",
    );
    expect(outcomeSentence("cancelled", run("not-needed", "cancelled"), "")).toBe(
      "Cancelled at step 1 of 1; what came before it was done.",
    );
  });

  it("never calls repaired what is not", () => {
    expect(outcomeSentence("not-verified", run("not-needed", "done"), "it is red")).toMatch(/does not work yet: it is red/);
    expect(outcomeSentence("verified", run("not-needed", "done"), "Pigeon works")).toBe("Pigeon works");
    expect(outcomeSentence("interrupted", run("available", "done"), "")).toMatch(/left as it was/);
  });
});
