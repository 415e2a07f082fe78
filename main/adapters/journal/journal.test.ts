import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { JournalLine } from "../../core/ports/journal.ts";
import type { Locks } from "../../core/ports/locks.ts";
import { fakeJournal } from "./fake.ts";
import { fileJournal } from "./file-journal.ts";
import { journalSuite } from "./suite.ts";

const clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lamplighter-journal-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** One lock that is either held or not, as for processes that run side by side. */
function oneLock(): Locks {
  let isHeld = false;
  return {
    take: async () => {
      if (isHeld) return { kind: "busy", owner: { pid: 7, startedMs: 0, purpose: "write", takenMs: 0 } };
      isHeld = true;
      return {
        kind: "taken",
        lock: {
          release: async () => {
            isHeld = false;
          },
        },
      };
    },
  };
}

const make = (dir: string, more: { readonly fullBytes?: number; readonly locks?: Locks } = {}) =>
  fileJournal({ dir, clock, locks: oneLock(), ...more });
const path = (dir: string): string => join(dir, "journal.jsonl");
const entry = (n: number) => ({ what: "step", facts: { n } });

journalSuite("fakeJournal", async () => {
  const lines: JournalLine[] = [];
  const alter = async (index: number, change: (text: string) => string) =>
    void lines.splice(index, 1, JSON.parse(change(JSON.stringify(lines[index]))));
  return { mine: fakeJournal({ clock, lines }), other: fakeJournal({ clock, lines }), alter };
});

journalSuite("fileJournal", async () => {
  const dir = join(folder(), "deep");
  const locks = oneLock();
  const alter = async (index: number, change: (text: string) => string) => {
    const lines = readFileSync(path(dir), "utf8").split("\n");
    lines.splice(index, 1, change(lines[index] ?? ""));
    writeFileSync(path(dir), lines.join("\n"));
  };
  return { mine: make(dir, { locks }), other: make(dir, { locks }), alter };
});

describe("fakeJournal", () => {
  it("rejects while the invented disk takes nothing, and has no line of it", async () => {
    let reason: string | undefined = "The disk is full.";
    const journal = fakeJournal({ clock, fails: () => reason });
    await expect(journal.append(entry(1))).rejects.toThrow("The disk is full.");
    reason = undefined;
    expect(await journal.append(entry(2))).toMatchObject({ seq: 1 });
  });
});

describe("fileJournal", () => {
  it("is a private file of JSON lines that a person can read", async () => {
    const dir = join(folder(), "state");
    await make(dir).append({ what: "step", facts: { z: 1, a: { d: [{ y: 1, x: 2 }], c: null } } });
    expect(readFileSync(path(dir), "utf8")).toMatch(
      /^\{"seq":1,"at":\d+,"what":"step","facts":\{"a":\{"c":null,"d":\[\{"x":2,"y":1\}\]\},"z":1\},"hash":"[0-9a-f]{64}"\}\n$/,
    );
    expect([statSync(dir).mode & 0o777, statSync(path(dir)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  describe("with a line that was cut by a crash", () => {
    it.each([
      ["in its middle", '{"seq":3,"at":17,"wh'],
      ["with zeros, as after a power cut", "\u0000".repeat(100)],
      ["in the middle of a letter", Buffer.from([123, 34, 0xc3])],
    ])("%s: tells it, goes on in a new line, and counts it as known from then on", async (_, torn) => {
      const dir = folder();
      const journal = make(dir);
      const lines = [await journal.append(entry(1)), await journal.append(entry(2))];
      appendFileSync(path(dir), torn);
      expect(await journal.verify()).toMatchObject({ kind: "damaged", at: 3, reason: expect.stringMatching(/line 3 .*cut by a crash/i) });
      expect(await journal.recent(9)).toEqual(lines);
      const next = await make(dir).append(entry(3));
      const repaired = { seq: 3, what: "journal-repaired", facts: { cutBytes: Buffer.from(torn).length } };
      expect(await journal.recent(9)).toMatchObject([...lines, repaired, next]);
      expect(next.seq).toBe(4);
      expect(await journal.verify()).toEqual({ kind: "whole", lines: 4 });
      const text = readFileSync(path(dir)).toString("latin1");
      writeFileSync(path(dir), Buffer.from(text.replace(/\n[^\n]+\n(\{"seq":3[^\n]+repaired)/, "\nother\n$1"), "latin1"));
      expect(await journal.verify()).toMatchObject({ kind: "damaged", at: 3 });
    });

    it("at the very end, where only the end of the line is missing: takes it for whole", async () => {
      const dir = folder();
      await make(dir).append(entry(1));
      writeFileSync(path(dir), readFileSync(path(dir), "utf8").trimEnd());
      expect(await make(dir).verify()).toEqual({ kind: "whole", lines: 1 });
      expect((await make(dir).append(entry(2))).seq).toBe(2);
      expect(await make(dir).verify()).toEqual({ kind: "whole", lines: 2 });
    });
  });

  it.each([
    ["a space was put in", (text: string) => text.replace('"n":2', '"n": 2')],
    ["a name stands twice", (text: string) => text.replace('"n":2', '"n":5,"n":2')],
    ["a line was taken out", (text: string) => text.replace(/\{"seq":2.*\n/, "")],
    ["two lines changed places", (text: string) => text.replace(/(\{"seq":2.*\n)(\{"seq":3.*\n)/, "$2$1")],
    ["an empty line was put in", (text: string) => text.replace('{"seq":2', '\n{"seq":2')],
    ["the hash of a line was made to fit its new text alone", (text: string) => text.replace(/"n":2\},"hash":"./, '"n":3},"hash":"0')],
  ])("sees that %s", async (_, change) => {
    const dir = folder();
    for (const n of [1, 2, 3, 4]) await make(dir).append(entry(n));
    writeFileSync(path(dir), change(readFileSync(path(dir), "utf8")));
    expect(await make(dir).verify()).toMatchObject({ kind: "damaged", at: 2 });
  });

  it("goes on in a new file when one is full, with one chain over all of them", async () => {
    const dir = folder();
    const journal = make(dir, { fullBytes: 1000 });
    for (let n = 1; n <= 40; n += 1) await journal.append(entry(n));
    const files = readdirSync(dir).sort();
    expect(files).toEqual(expect.arrayContaining(["journal-1.jsonl", "journal-2.jsonl", "journal.jsonl"]));
    for (const name of files)
      expect([name, statSync(join(dir, name)).size < 1100, statSync(join(dir, name)).mode & 0o777]).toEqual([name, true, 0o600]);
    expect(await journal.verify()).toEqual({ kind: "whole", lines: 40 });
    expect((await journal.recent(30)).map(({ facts }) => facts["n"])).toEqual(Array.from({ length: 30 }, (_, n) => n + 11));
    rmSync(path(dir));
    const next = await make(dir).append(entry(41));
    expect(next.seq).toBeGreaterThan(30);
    rmSync(join(dir, "journal-2.jsonl"));
    expect(await journal.verify()).toMatchObject({ kind: "damaged", reason: expect.stringMatching(/was to come/) });
  });

  const written = async (lines: number, from = 1) => {
    const dir = folder();
    const journal = make(dir);
    for (let n = 0; n < lines; n += 1) await journal.append(entry(from + n));
    return { dir, journal };
  };

  it("misses lines that are gone from its very end, or all of them, until the next line tells of it", async () => {
    const { dir, journal } = await written(5);
    writeFileSync(path(dir), `${readFileSync(path(dir), "utf8").split("\n").slice(0, 3).join("\n")}\n`);
    expect(await journal.verify()).toMatchObject({ kind: "damaged", at: 4, reason: expect.stringContaining("2") });
    const line = await journal.append(entry(6));
    expect(line.seq).toBe(5);
    expect((await journal.recent(2))[0]).toMatchObject({ what: "journal-repaired", facts: { missingLines: 2 } });
    expect(await journal.verify()).toEqual({ kind: "whole", lines: 5 });
    rmSync(path(dir));
    expect(await make(dir).verify()).toMatchObject({ kind: "damaged", at: 1 });
  });

  it("sees a chain that was computed anew", async () => {
    const [{ dir, journal }, other] = await Promise.all([written(3), written(4, 100)]);
    writeFileSync(path(dir), readFileSync(path(other.dir), "utf8"));
    expect(await journal.verify()).toMatchObject({ kind: "damaged", reason: expect.stringContaining("anew") });
  });

  it.each(["", "{", "[]", '{"seq":"9","hash":"x"}', '{"seq":2}', '{"seq":1,"hash":"x"'])(
    "is whole when what is kept beside it reads %j, as after a kill",
    async (text) => {
      const { dir, journal } = await written(3);
      writeFileSync(join(dir, "journal-head.json"), text);
      expect(await journal.verify()).toEqual({ kind: "whole", lines: 3 });
      await journal.append(entry(4));
      expect(JSON.parse(readFileSync(join(dir, "journal-head.json"), "utf8"))).toMatchObject({ seq: 4 });
    },
  );

  it("writes its lines also where nothing can be kept beside it", async () => {
    const dir = folder();
    mkdirSync(join(dir, "journal-head.json"));
    const journal = make(dir);
    await journal.append(entry(1));
    expect(await journal.verify()).toEqual({ kind: "whole", lines: 1 });
  });

  it("finds the last line behind pieces longer than it reads at once", async () => {
    const dir = folder();
    const text = "é".repeat(60_000);
    await make(dir).append({ what: "long", facts: { text } });
    await make(dir).append({ what: "long", facts: { text } });
    expect(await make(dir).recent(2)).toMatchObject([
      { seq: 1, facts: { text } },
      { seq: 2, facts: { text } },
    ]);
    expect(await make(dir).verify()).toEqual({ kind: "whole", lines: 2 });
  });

  it("rejects a line that is too long, and one that is no JSON, and writes neither", async () => {
    const dir = folder();
    const journal = make(dir);
    await expect(journal.append({ what: "long", facts: { text: "x".repeat(300_000) } })).rejects.toThrow(/longer/);
    await expect(journal.append({ what: "odd", facts: { n: 1n } })).rejects.toThrow();
    expect(await journal.append(entry(1))).toMatchObject({ seq: 1 });
  });

  it("rejects with a reason when something that is no file stands in its place, and when it cannot be locked", async () => {
    const dir = folder();
    mkdirSync(path(dir));
    await expect(make(dir).append(entry(1))).rejects.toThrow(/The journal could not be written\. It is a folder/);
    const linked = folder();
    symlinkSync("/dev/full", path(linked));
    await expect(make(linked).append(entry(1))).rejects.toThrow(/symbolic link/);
    const locks: Locks = { take: async () => ({ kind: "failed", reason: "The disk is full." }) };
    await expect(make(folder(), { locks }).append(entry(1))).rejects.toThrow("The journal could not be locked. The disk is full.");
  });

  it("gives up, naming the process, when the lock is never let go", async () => {
    let elapsed = 0;
    const sleep = async (ms: number) => {
      elapsed += ms;
    };
    const locks: Locks = { take: async () => ({ kind: "busy", owner: { pid: 77, startedMs: 0, purpose: "write", takenMs: 0 } }) };
    const journal = fileJournal({ dir: folder(), clock: { nowMs: () => 0, monotonicMs: () => elapsed, sleep }, locks });
    await expect(journal.append(entry(1))).rejects.toThrow(/process 77/);
    expect(elapsed).toBeGreaterThan(10_000);
  });
});
