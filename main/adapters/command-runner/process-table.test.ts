import { describe, expect, it } from "vitest";
import { parsePsTable, parseStatLine, readProcessTable, treeOf } from "./process-table.ts";

const row = (pid: number, parent: number, group: number) => ({ pid, parent, group, started: "1" });

describe("parseStatLine", () => {
  const tail = "0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 8877 1000 50";

  it("reads pid, parent, group and start time", () => {
    expect(parseStatLine(`42 (node) S 7 40 40 ${tail}`)).toEqual({ pid: 42, parent: 7, group: 40, started: "8877" });
  });

  it("is not fooled by a name that looks like the rest of the line", () => {
    expect(parseStatLine(`42 (evil) R 1 1 (x) S 7 40 40 ${tail}`)).toMatchObject({ parent: 7, group: 40 });
    expect(parseStatLine(`42 (two\nlines) S 7 40 40 ${tail}`)).toMatchObject({ parent: 7 });
  });

  it("leaves out zombies and lines cut short", () => {
    expect(parseStatLine(`42 (gone) Z 7 40 40 ${tail}`)).toBeNull();
    expect(parseStatLine("42 (node) S 7")).toBeNull();
    expect(parseStatLine("")).toBeNull();
  });
});

describe("parsePsTable", () => {
  it("reads rows with a start time that has spaces, and leaves out zombies", () => {
    const text = ["    1     0     1 Ss   Fri Nov 20 08:00:00 2026", "  501     1   500 Z    Fri Nov 20 09:00:00 2026", "garbage"].join(
      "\n",
    );
    expect(parsePsTable(text)).toEqual([{ pid: 1, parent: 0, group: 1, started: "Fri Nov 20 08:00:00 2026" }]);
  });
});

describe("treeOf", () => {
  it("takes the group, its children, and children that left the group, whatever the order", () => {
    const table = [row(13, 12, 13), row(12, 11, 10), row(11, 10, 10), row(10, 1, 10), row(99, 1, 99)];
    expect(treeOf(10, table).map((each) => each.pid)).toEqual([13, 12, 11, 10]);
  });

  it("still finds group members after the leader has gone", () => {
    expect(treeOf(10, [row(11, 1, 10), row(12, 11, 12)]).map((each) => each.pid)).toEqual([11, 12]);
  });

  it("is empty when nothing of the tree is left", () => {
    expect(treeOf(10, [row(1, 0, 1)])).toEqual([]);
  });
});

describe("readProcessTable", () => {
  it("finds ourselves under our parent", async () => {
    const own = (await readProcessTable()).find((each) => each.pid === process.pid);
    expect(own).toMatchObject({ pid: process.pid, parent: process.ppid });
  });
});
