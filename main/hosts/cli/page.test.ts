import { describe, expect, it } from "vitest";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";

const plainPage = (columns: number) => createPage(paintFor(false), columns);

describe("createPage", () => {
  it("continues a wrapped line under its own start", () => {
    const page = plainPage(30);
    page.line(2, "seen ", "one two three four five six seven");
    expect(page.lines).toEqual(["  seen one two three four five", "       six seven"]);
  });

  it("does not count colours as columns", () => {
    const page = createPage(paintFor(true), 30);
    page.line(2, page.paint.faint("seen "), "one two three four five six seven");
    expect(page.lines[1]).toBe("       six seven");
  });

  it("neither wraps nor cuts where lines must stay whole", () => {
    const page = plainPage(Number.POSITIVE_INFINITY);
    page.line(0, "", "word ".repeat(100).trim());
    page.row(0, "", "word ".repeat(100).trim());
    expect(page.lines.map((line) => line.length)).toEqual([499, 499]);
  });

  it("cuts a row, but never a command", () => {
    const page = plainPage(24);
    page.row(2, "○ ", "a summary that is much too long");
    page.command(2, "$ ", "acme devices approve 0123456789 --role operator");
    expect(page.lines).toEqual(["  ○ a summary that is m…", "  $ acme devices approve 0123456789 --role operator"]);
  });

  it("keeps lines readable on a very wide screen and works on a very narrow one", () => {
    const wide = plainPage(400);
    wide.line(0, "", "word ".repeat(60));
    expect(Math.max(...wide.lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    const narrow = plainPage(1);
    narrow.line(11, "seen   ", "some words to show");
    expect(narrow.lines.length).toBeGreaterThan(0);
  });

  it("lets no control character of its content through", () => {
    const page = plainPage(80);
    page.line(0, "", "a\u001b[2Jb\nc");
    page.row(0, "", "a\u0007b");
    page.command(0, "$ ", "a\u0000b\nrm c");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: only the line breaks between lines may be there
    expect(page.text().replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f]/);
    expect(page.lines).toHaveLength(3);
  });
});
