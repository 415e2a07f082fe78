import type { Change } from "./changes.ts";
import type { Page } from "./page.ts";
import { clockWords } from "./time-words.ts";

/** One change as one line, for logs and pipes: time of day, lamp, what became of what. */
export function printChange(page: Page, change: Change, atMs: number): void {
  const { paint } = page;
  const lead = (lamp: string): string => `${paint.faint(clockWords(atMs))} ${lamp} `;
  switch (change.change) {
    case "light":
      return page.line(0, lead(paint.lamp(change.light)), `${change.light} (was ${change.before}): ${change.sentence}`, paint.strong);
    case "stack":
      return page.line(0, lead(paint.lamp(change.light)), `${change.stack}: ${change.sentence}`);
    case "installed":
      return page.line(0, lead("+"), `${change.title} was found`);
    case "gone":
      return page.line(0, lead("-"), `${change.title} is not here any more`);
    case "check":
      return page.line(0, lead(paint.lamp(change.light)), `${change.stack}/${change.check}: ${change.light}, ${change.summary}`);
    default: {
      const verb = { "finding-opened": "new", "finding-confirmed": "confirmed", "finding-closed": "over" }[change.change];
      const lamp = change.change === "finding-closed" ? paint.lamp("green") : paint.lamp(change.light);
      return page.line(0, lead(lamp), `${verb}: ${change.title} (${[...change.symptoms, change.code].join(" · ")})`);
    }
  }
}
